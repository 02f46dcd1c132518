// What a masker finds in texts that hold next to nothing to hide: documents and sources of the installed packages.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../prepare.mjs";

/** @typedef {import("./pii-rivals.mjs").Found} Found */

const maxBytes = 4e6;
const maxFileBytes = 200_000;
const maxDepth = 5;
/** One of so many sources is read, so that they come from many packages. */
const sourceStep = 12;
const isDocument = /^(?:readme|changelog|contributing)\.md$/i;
const isSource = /\.(?:js|ts|mjs)$/;
/** Packages and folders that are about such values, or data. */
const isAbout = /test|locale|metadata|\.min\.|stdnum|phonenumber|ibantools|redact|presidio|aimock/;

/** @param {string} folder @param {RegExp} name @param {number} [depth] @returns {Generator<string>} */
function* filesIn(folder, name, depth = 0) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (isAbout.test(entry.name)) continue;
    if (entry.isDirectory() && depth < maxDepth) yield* filesIn(path, name, depth + 1);
    else if (entry.isFile() && name.test(entry.name) && statSync(path).size <= maxFileBytes) yield path;
  }
}

/**
 * One row a type: finds per megabyte. Some are right: authors have addresses, examples have numbers.
 *
 * @param {(text: string) => readonly Found[]} find
 */
export function foundInPackages(find) {
  const folder = join(ROOT, "node_modules");
  const documents = countIn([...filesIn(folder, isDocument)], find);
  const sources = countIn(
    [...filesIn(folder, isSource)].filter((_, index) => index % sourceStep === 0),
    find,
  );
  const types = new Set([...documents.keys(), ...sources.keys()]);
  return [...types].sort().map((type) => ({
    type,
    "a MB of documents": documents.get(type) ?? 0,
    "a MB of sources": sources.get(type) ?? 0,
  }));
}

/** @param {readonly string[]} files @param {(text: string) => readonly Found[]} find @returns {Map<string, number>} */
function countIn(files, find) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  let bytes = 0;
  for (const file of files) {
    if (bytes > maxBytes) break;
    const text = readFileSync(file, "utf8");
    bytes += Buffer.byteLength(text);
    for (const { type } of find(text)) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return new Map([...counts].map(([type, count]) => [type, count / (bytes / 1e6)]));
}
