import type { Span } from "./detector.js";
import { isAlphanumeric, isBinding, isDigit, isMark, type NumberGroup } from "./number-groups.js";

/** Groups of letters and digits, one of them with a digit at least, with single marks between them. */
export interface IdCandidate extends Span {
  /** `9` for a digit, `A` for a letter; marks stand for themselves. */
  readonly shape: string;
  /** Whether it may be a piece of something longer: of a path, a sum, a table, a name with an underscore. */
  readonly isPart: boolean;
}

const maxGroups = 7;
const maxLength = 26;
const minLength = 5;

/** All runs of groups that may be a number with a shape of its own. */
export function* idCandidates(text: string, groups: readonly NumberGroup[]): Iterable<IdCandidate> {
  for (let first = 0; first < groups.length; first += 1) {
    const start = groups[first]?.start ?? 0;
    let hasDigit = false;
    let previous: NumberGroup | undefined;
    for (let last = first; last < groups.length && last < first + maxGroups; last += 1) {
      const group = groups[last];
      if (group === undefined || group.end - start > maxLength) break;
      if (previous !== undefined && !isJoined(text, previous, group)) break;
      previous = group;
      hasDigit ||= group.hasDigit;
      const { end } = group;
      if (!hasDigit || end - start < minLength || !isWhole(text, start, end)) continue;
      yield { start, end, shape: shapeOf(text, start, end), isPart: isPart(text, start, end) };
    }
  }
}

/** One mark stands between them; a colon only between digits, as after letters it parts a name from its value. */
function isJoined(text: string, before: NumberGroup, after: NumberGroup): boolean {
  if (after.start !== before.end + 1 || !isMark(text, before.end)) return false;
  return text[before.end] !== ":" || !(before.hasLetter || after.hasLetter);
}

/** Not when letters or digits go on behind a dash, dot or slash, or digits behind a colon. */
function isWhole(text: string, start: number, end: number): boolean {
  const goesBack =
    (isFirm(text[start - 1]) && isAlphanumeric(text, start - 2)) ||
    (text[start - 1] === ":" && isDigit(text, start - 2));
  const goesOn =
    (isFirm(text[end]) && isAlphanumeric(text, end + 1)) || (text[end] === ":" && isDigit(text, end + 1));
  return !goesBack && !goesOn && !isWordLike(text, start - 1) && !isWordLike(text, end);
}

const isFirm = (character: string | undefined) => character === "-" || character === "." || character === "/";
const beyondAscii = /[\p{L}\p{N}]/u;
const isWordLike = (text: string, index: number) =>
  text.charCodeAt(index) > 127 && beyondAscii.test(text[index] ?? "");

function isPart(text: string, start: number, end: number): boolean {
  if (isBinding(text, start - 1) || isBinding(text, end)) return true;
  if (text[start - 1] === "/" || text[end] === "/") return true;
  const isAfterNumber = text[start - 1] === " " && isDigit(text, start - 2);
  const isBeforeNumber = text[end] === " " && isDigit(text, end + 1);
  return isAfterNumber || isBeforeNumber;
}

function shapeOf(text: string, start: number, end: number): string {
  let shape = "";
  for (let index = start; index < end; index += 1) {
    if (isDigit(text, index)) shape += "9";
    else shape += isAlphanumeric(text, index) ? "A" : (text[index] ?? "");
  }
  return shape;
}
