// How much of a labelled set a masker hides, and how much it hides without need.
import { readFileSync } from "node:fs";
import { checkedTypes, ownType, proseTypes } from "./pii-types.mjs";

/** @typedef {import("./pii-rivals.mjs").Found} Found */
/** @typedef {import("./pii-rivals.mjs").Finder} Finder */
/**
 * `scope` says what is labelled: only values of the line's own type, everything, or nothing as there is nothing.
 *
 * @typedef {{ id: string, type: string, label: "pos" | "neg", scope: "type" | "full" | "none", text: string,
 *   spans: readonly Found[], weak?: boolean, note?: string }} LabelledLine
 * @typedef {{ values: number, hidden: number, found: number, wrong: number, invalid: number, flagged: number,
 *   flaggedAlike: number }} TypeCount
 * @typedef {{ name: string, types: Map<string, TypeCount>, clean: number, damaged: number, disguised: number,
 *   disguisedHidden: number, failures: string[] }} PiiScore
 */

const isDisguise = /^.+ of \S+-\d+$/;

/** @param {string} file @returns {LabelledLine[]} */
export const readLabelledLines = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line))
    .filter((line) => line.weak !== true);

/** @param {readonly LabelledLine[]} lines @param {Finder} finder @returns {Promise<PiiScore>} */
export async function scoreFinder(lines, { name, find }) {
  /** @type {PiiScore} */
  const score = {
    name,
    types: new Map(),
    clean: 0,
    damaged: 0,
    disguised: 0,
    disguisedHidden: 0,
    failures: [],
  };
  for (const line of lines) countLine(score, line, await find(line.text));
  return score;
}

/** @param {PiiScore} score @param {LabelledLine} line @param {readonly Found[]} found */
function countLine(score, line, found) {
  const { text, spans } = line;
  const quote = (/** @type {Found} */ { type, start, end }) =>
    `${type} ${JSON.stringify(text.slice(start, end))}`;
  const fail = (/** @type {string} */ what) =>
    score.failures.push(`${line.id} ${line.type} ${what} in ${JSON.stringify(text)}`);
  for (const span of spans) {
    const isHidden = covers(found, text, span);
    const count = countOf(score, span.type);
    count.values++;
    if (isHidden) count.hidden++;
    else fail(`open: ${quote(span)}`);
    if (!isDisguise.test(line.note ?? "")) continue;
    score.disguised++;
    if (isHidden) score.disguisedHidden++;
  }
  for (const one of found) {
    const isRight = spans.some((span) => span.start < one.end && one.start < span.end);
    const isJudged =
      isRight || line.scope !== "type" || line.label === "neg" || ownType(line.type) === one.type;
    if (!isJudged) continue;
    const count = countOf(
      score,
      isRight ? (spans.find((span) => span.start < one.end && one.start < span.end)?.type ?? "") : one.type,
    );
    count.found++;
    if (isRight) continue;
    count.wrong++;
    fail(`wrong: ${quote(one)}`);
  }
  if (line.scope !== "type" && spans.length === 0) {
    score.clean++;
    if (found.length > 0) score.damaged++;
  }
  if (line.label === "neg" && checkedTypes.has(line.type)) {
    const count = countOf(score, line.type);
    count.invalid++;
    if (found.length > 0) {
      count.flagged++;
      if (found.some(({ type }) => type === ownType(line.type))) count.flaggedAlike++;
      fail(`flagged: ${found.map(quote).join(", ")}`);
    }
  }
}

/** @param {PiiScore} score @param {string} type @returns {TypeCount} */
function countOf(score, type) {
  const known = score.types.get(type);
  if (known !== undefined) return known;
  const count = { values: 0, hidden: 0, found: 0, wrong: 0, invalid: 0, flagged: 0, flaggedAlike: 0 };
  score.types.set(type, count);
  return count;
}

/** Whether no letter and no digit of the value stays visible. @param {readonly Found[]} found @param {string} text @param {Found} value */
function covers(found, text, value) {
  for (let index = value.start; index < value.end; index++) {
    const isHidden = found.some(({ start, end }) => start <= index && index < end);
    if (!isHidden && /[\p{L}\p{N}]/u.test(text[index] ?? "")) return false;
  }
  return true;
}

const share = (/** @type {number} */ part, /** @type {number} */ whole) =>
  whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;

/** One row a type of the set. @param {PiiScore} score */
export const typeRows = ({ types }) =>
  [...types]
    .toSorted(([, left], [, right]) => right.values - right.hidden - (left.values - left.hidden))
    .map(([type, { values, hidden, wrong, invalid, flagged }]) => ({
      type,
      values,
      hidden,
      share: share(hidden, values),
      wrong,
      "invalid flagged": invalid === 0 ? "" : `${flagged} of ${invalid}`,
    }));

/** One row a masker. @param {PiiScore} score */
export function totalRow({ name, types, clean, damaged, disguised, disguisedHidden }) {
  const counts = [...types];
  const structured = counts.filter(([type]) => !proseTypes.has(type));
  const sum = (/** @type {typeof counts} */ some, /** @type {keyof TypeCount} */ key) =>
    some.reduce((total, [, count]) => total + count[key], 0);
  const found = sum(counts, "found");
  return {
    masker: name,
    "structured hidden": share(sum(structured, "hidden"), sum(structured, "values")),
    "all hidden": share(sum(counts, "hidden"), sum(counts, "values")),
    precision: share(found - sum(counts, "wrong"), found),
    "disguised hidden": share(disguisedHidden, disguised),
    "clean lines damaged": share(damaged, clean),
    "invalid flagged": share(sum(counts, "flagged"), sum(counts, "invalid")),
    "as their type": share(sum(counts, "flaggedAlike"), sum(counts, "invalid")),
  };
}
