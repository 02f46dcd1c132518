// The lock file is complete (npm can write one that misses a package of another platform, or a dependency of a
// workspace) and names no registry.
import { readFileSync } from "node:fs";

/**
 * @typedef {object} LockEntry
 * @property {string} [resolved]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 */

/** @type {Record<string, LockEntry>} */
const packages = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8")).packages;

/** Node's own look-up: the nearest node_modules upwards. @param {string} from @param {string} name @returns {boolean} */
function resolves(from, name) {
  if (packages[`${from}${from === "" ? "" : "/"}node_modules/${name}`] !== undefined) return true;
  if (from === "") return false;
  return resolves(from.includes("/") ? from.slice(0, from.lastIndexOf("/")) : "", name);
}

/** @param {string} path @param {LockEntry} entry @returns {string[]} */
function problemsOf(path, entry) {
  const own = path.includes("node_modules/") ? {} : entry.devDependencies;
  const wanted = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...own });
  const missing = wanted.filter((name) => !resolves(path, name));
  return [
    ...(/^https?:/.test(entry.resolved ?? "") ? [`${path}: registry address`] : []),
    ...missing.map((name) => `${path || "."}: ${name} is not in the lock file`),
  ];
}

const problems = Object.entries(packages).flatMap(([path, entry]) => problemsOf(path, entry));
for (const problem of problems) console.error(problem);
console.log(`check-lock: ${Object.keys(packages).length} entries, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
