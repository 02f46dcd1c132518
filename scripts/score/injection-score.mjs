// How many attacks the injection signal finds, and how many harmless lines it flags: per category, per source, and
// with weights that were fitted without the source.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { countSignals } from "../../packages/core/src/sanitize/injection/count-signals.js";
import { detectInjection } from "../../packages/core/src/sanitize/injection/detect-injection.js";
import { fitInjection, flags } from "./injection-fit.mjs";

/**
 * @typedef {{ text: string, label: "malicious" | "benign", category: string, source: string }} Line
 * @typedef {Record<string, string | number>} Row
 */

/** @param {string} path @returns {Line[]} */
export const readLines = (path) =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** @param {Line} line */
export const toSample = ({ text, label }) => ({
  counts: countSignals(text),
  malicious: label === "malicious",
});

/** @param {Line} line */
const kindOf = ({ label, category }) =>
  label === "benign" ? "benign" : category.startsWith("indirect") ? "indirect" : "direct";
/** Corpora of one publisher are alike. @param {Line} line */
const publisherOf = ({ source }) => source.split(" ")[0] ?? source;

/** @param {readonly Line[]} lines @param {(line: Line) => boolean} isFlagged */
const share = (lines, isFlagged) =>
  lines.length === 0
    ? "–"
    : `${lines.filter(isFlagged).length}/${lines.length} (${Math.round((100 * lines.filter(isFlagged).length) / lines.length)} %)`;

/**
 * @param {string} name @param {readonly Line[]} lines @param {(line: Line) => boolean} isFlagged
 * @returns {Row}
 */
function rowOf(name, lines, isFlagged) {
  const of = (/** @type {string} */ kind) =>
    share(
      lines.filter((line) => kindOf(line) === kind),
      isFlagged,
    );
  return { name, direct: of("direct"), indirect: of("indirect"), "false alarms": of("benign") };
}

/** @param {readonly Line[]} lines @param {(line: Line) => string} keyOf @returns {Map<string, Line[]>} */
function grouped(lines, keyOf) {
  /** @type {Map<string, Line[]>} */
  const groups = new Map();
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return groups;
}

/** With the weights that are shipped. @param {readonly Line[]} lines @returns {{ categories: Row[], sources: Row[] }} */
export function scoreShipped(lines) {
  const flagged = new Set(lines.filter(({ text }) => detectInjection(text).flagged));
  const isFlagged = (/** @type {Line} */ line) => flagged.has(line);
  const table = (/** @type {Map<string, Line[]>} */ groups) =>
    [...groups].sort().map(([name, group]) => rowOf(name, group, isFlagged));
  return {
    categories: table(
      grouped(lines, ({ label, category }) => `${label === "benign" ? "–" : "+"} ${category}`),
    ),
    sources: [...table(grouped(lines, ({ source }) => source)), rowOf("all", lines, isFlagged)],
  };
}

/** @param {readonly Line[]} lines @param {readonly import("./injection-rivals.mjs").Rival[]} rivals */
export function scoreRivals(lines, rivals) {
  /** @type {Row[]} */
  const rows = [];
  const ours = {
    name: "detectInjection",
    flags: (/** @type {string} */ text) => detectInjection(text).flagged,
  };
  const long = lines.map(({ text }) => text).join("\n");
  for (const { name, flags } of [ours, ...rivals]) {
    /** @type {Set<Line>} */
    const flagged = new Set();
    for (const line of lines) if (flags(line.text)) flagged.add(line);
    const began = performance.now();
    flags(long.slice(0, 20_000));
    const took = performance.now() - began;
    rows.push({
      ...rowOf(name, lines, (line) => flagged.has(line)),
      "ms for 20,000 characters": took.toFixed(1),
    });
  }
  return rows;
}

/** Each publisher's lines with weights that were fitted to the others' alone. @param {readonly Line[]} lines @returns {Row[]} */
export function scoreUnseen(lines) {
  const samples = new Map(lines.map((line) => [line, toSample(line)]));
  const flagged = new Set();
  const groups = grouped(lines, publisherOf);
  for (const [name, group] of groups) {
    const others = lines.filter((line) => publisherOf(line) !== name);
    const model = fitInjection(others.flatMap((line) => samples.get(line) ?? []));
    for (const line of group) {
      const sample = samples.get(line);
      if (sample !== undefined && flags(model, sample)) flagged.add(line);
    }
  }
  const isFlagged = (/** @type {Line} */ line) => flagged.has(line);
  return [
    ...[...groups].sort().map(([name, group]) => rowOf(name, group, isFlagged)),
    rowOf("all", lines, isFlagged),
  ];
}

/** @param {readonly Line[]} lines @returns {Row[]} milliseconds for texts of one size, and megabytes a second */
export function timeDetection(lines) {
  const harmless = lines
    .filter(({ label }) => label === "benign")
    .map(({ text }) => text)
    .join("\n");
  return [200, 1_000, 5_000, 20_000].map((size) => {
    const text = harmless.repeat(Math.ceil(size / harmless.length)).slice(0, size);
    /** @type {number[]} */
    const times = [];
    for (let round = 0; round < 120; round += 1) {
      const began = performance.now();
      detectInjection(text);
      times.push(performance.now() - began);
    }
    const sorted = times.slice(20).sort((one, other) => one - other);
    const median = sorted[50] ?? 0;
    return {
      characters: size,
      "p50 ms": median.toFixed(3),
      "p99 ms": (sorted[98] ?? 0).toFixed(3),
      "MB/s": (size / 1_000 / median).toFixed(1),
    };
  });
}
