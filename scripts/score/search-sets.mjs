// Evaluation sets for search, made from what is installed: nothing is copied into the repository.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ id: string, title?: string, text: string }} SetDocument */
/** @typedef {{ query: string, id: string }} SetQuery */
/** @typedef {{ name: string, documents: SetDocument[], queries: SetQuery[] }} SearchSet */

const MOST_DOCUMENTS = 3000;
const MOST_QUERIES = 600;
const MOST_OF_A_FILE = 25;
const LONGEST_FILE = 400_000;
const LEAST_WORDS = 4;

/** Files below a folder, in an order that is the same everywhere. @param {string} folder @param {RegExp} name @returns {string[]} */
function filesBelow(folder, name) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return /^(\.|test|dist-packages|__pycache__)/.test(entry.name) ? [] : filesBelow(path, name);
    return entry.isFile() && name.test(entry.name) ? [path] : [];
  });
}

/** @param {string} path */
function readShort(path) {
  const text = readFileSync(path, "utf8");
  return text.length > LONGEST_FILE ? "" : text;
}

/** Every n-th item, so that a part stands for the whole. @template T @param {T[]} items @param {number} most @returns {T[]} */
export function spread(items, most) {
  const step = Math.max(1, items.length / most);
  return Array.from(
    { length: Math.min(most, items.length) },
    (_, index) => /** @type {T} */ (items[Math.floor(index * step)]),
  );
}

/** The first sentence of a comment, without tags and markup; undefined when it says too little. @param {string} comment */
function firstSentence(comment) {
  const prose = comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*?\s?/, "").trim())
    .join("\n")
    .split(/\n\s*\n|\n@|^@/)[0];
  const sentence =
    (prose ?? "")
      .replace(/\{@\w+\s+([^}]*)\}/g, "$1")
      .replace(/\s+/g, " ")
      .split(/\.(?:\s|$)/)[0] ?? "";
  return sentence.split(" ").length >= LEAST_WORDS && sentence.length < 300 ? sentence : undefined;
}

/** @param {string} source @returns {{ query: string, text: string }[]} */
function functionsOfScript(source) {
  const found = [];
  for (const match of source.matchAll(/^([ \t]*)\/\*\*((?:[^*]|\*(?!\/))*)\*\/\n/gm)) {
    const query = firstSentence(match[2] ?? "");
    const rest = source.slice(match.index + match[0].length);
    const indent = match[1] ?? "";
    if (query === undefined || !/^[^\n]*\([^\n]*\{\s*\n/.test(rest)) continue;
    const end = rest.indexOf(`\n${indent}}`);
    if (end > 80 && end < 3000) found.push({ query, text: rest.slice(0, end + indent.length + 2) });
  }
  return found;
}

/** @param {string} source @returns {{ query: string, text: string }[]} */
function functionsOfPython(source) {
  const found = [];
  for (const match of source.matchAll(/^([ \t]*)def [^\n]+:\n[ \t]+"""((?:[^"]|"(?!""))*)"""\n/gm)) {
    const query = firstSentence(match[2] ?? "");
    const [head = ""] = match[0].split("\n");
    const rest = source.slice(match.index + match[0].length);
    const end = rest.search(new RegExp(`^[ \\t]{0,${(match[1] ?? "").length}}\\S`, "m"));
    if (query !== undefined && end > 60 && end < 3000)
      found.push({ query, text: `${head}\n${rest.slice(0, end)}` });
  }
  return found;
}

/** @param {string} name @param {{ query: string, text: string }[]} pairs @returns {SearchSet} */
function toSet(name, pairs) {
  const once = [...new Map(pairs.map((pair) => [pair.query, pair])).values()];
  const unique = [...new Map(once.map((pair) => [pair.text, pair])).values()];
  const kept = spread(unique, MOST_DOCUMENTS).map((pair, index) => ({ ...pair, id: `${index}` }));
  return {
    name,
    documents: kept.map(({ id, text }) => ({ id, text })),
    queries: spread(kept, MOST_QUERIES).map(({ id, query }) => ({ id, query })),
  };
}

/** The comment of a function finds the function without it. @param {string} root the repository */
export function scriptSet(root) {
  const files = ["node_modules", "packages"].flatMap((folder) =>
    filesBelow(join(root, folder), /(?<!\.min|\.d)\.[cm]?[jt]s$/),
  );
  return toSet(
    "code (js, ts)",
    files.flatMap((path) => functionsOfScript(readShort(path)).slice(0, MOST_OF_A_FILE)),
  );
}

/** The same for Python's own library, where it is installed. */
export function pythonSet() {
  const name = existsSync("/usr/lib")
    ? readdirSync("/usr/lib").find((entry) => /^python3\.\d+$/.test(entry))
    : undefined;
  const files = name === undefined ? [] : filesBelow(join("/usr/lib", name), /\.py$/);
  return toSet(
    "code (python)",
    files.flatMap((path) => functionsOfPython(readShort(path)).slice(0, MOST_OF_A_FILE)),
  );
}

/** The heading of a section finds its text. @param {string} root the repository */
export function documentationSet(root) {
  const files = ["docs/guide", "node_modules"].flatMap((folder) =>
    filesBelow(join(root, folder), /(?<!CHANGELOG|HISTORY|changelog)\.md$/),
  );
  const pairs = files.flatMap((path) => sectionsOf(readShort(path)).slice(0, MOST_OF_A_FILE));
  return toSet(
    "documentation",
    pairs
      .map(({ heading, text }) => ({ query: heading, text }))
      .filter(({ query }) => query.split(" ").length > 1),
  );
}

/** @param {string} markdown @returns {{ heading: string, text: string }[]} */
export function sectionsOf(markdown) {
  return markdown.split(/^(?=#{1,5} )/m).flatMap((section) => {
    const [first = "", ...rest] = section.split("\n");
    const text = rest.join("\n").trim();
    const heading = first.replace(/^#+\s*|[`*_]|\[|\]\([^)]*\)|<[^>]*>/g, "").trim();
    return first.startsWith("#") && text.length > 150 && text.length < 4000 && heading !== ""
      ? [{ heading, text }]
      : [];
  });
}
