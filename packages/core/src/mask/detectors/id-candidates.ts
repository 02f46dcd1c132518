import type { Span } from "./detector.js";
import { type KindOfShape, kindsOfShape, mayGoOn } from "./id-shapes.js";
import { isAlphanumeric, isBinding, isDigit, isMark, type NumberGroup } from "./number-groups.js";

/** Groups of letters and digits, one of them with a digit at least, with single marks between them. */
export interface IdCandidate extends Span {
  /** The kinds whose numbers are written like this. */
  readonly kinds: readonly KindOfShape[];
  /** Whether it may be a piece of something longer: of a path, a sum, a table, a name with an underscore. */
  readonly isPart: boolean;
}

const maxGroups = 7;
const maxLength = 26;
const minLength = 5;
/** Shapes of groups of one kind, by length: most are, and need no string of their own. */
const digitShapes = Array.from({ length: maxLength + 1 }, (_, length) => "9".repeat(length));
const letterShapes = Array.from({ length: maxLength + 1 }, (_, length) => "A".repeat(length));

/** All runs of groups in a shape that some kind has. */
export function* idCandidates(text: string, groups: readonly NumberGroup[]): Iterable<IdCandidate> {
  const shapes = groups.map((group) => shapeOf(text, group));
  for (let first = 0; first < groups.length; first += 1) {
    const start = groups[first]?.start ?? 0;
    let shape = "";
    for (let count = 1; count <= maxGroups; count += 1) {
      const group = groups[first + count - 1];
      if (group === undefined || group.end - start > maxLength) break;
      const { end } = group;
      if (count > 1) {
        if (!isJoined(text, groups[first + count - 2], group)) break;
        shape += text[group.start - 1];
      }
      shape += shapes[first + count - 1];
      if (!mayGoOn(shape, count)) break;
      const kinds = end - start < minLength ? [] : kindsOfShape(shape, count);
      if (kinds.length === 0 || !isWhole(text, start, end)) continue;
      const sides = Number(isBehindNumber(text, start)) + Number(isBeforeNumber(text, end));
      // Groups in a row of more are a piece of a table, or of a number that is written in its own way.
      const isInRow = count > 1 && (sides === 2 || (sides === 1 && kinds[0]?.isLoose === true));
      if (!isInRow) yield { start, end, kinds, isPart: sides > 0 || isBound(text, start, end) };
    }
  }
}

/** One mark stands between them; a colon only between digits, as after letters it parts a name from its value. */
function isJoined(text: string, before: NumberGroup | undefined, after: NumberGroup): boolean {
  if (before === undefined || after.start !== before.end + 1 || !isMark(text, before.end)) return false;
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

const isBehindNumber = (text: string, start: number) => text[start - 1] === " " && isDigit(text, start - 2);
const isBeforeNumber = (text: string, end: number) => text[end] === " " && isDigit(text, end + 1);
const isBound = (text: string, start: number, end: number) =>
  isBinding(text, start - 1) || isBinding(text, end) || text[start - 1] === "/" || text[end] === "/";

function shapeOf(text: string, { start, end, hasDigit, hasLetter }: NumberGroup): string {
  const length = end - start;
  if (length > maxLength) return "";
  if (!hasLetter) return digitShapes[length] ?? "";
  if (!hasDigit) return letterShapes[length] ?? "";
  let shape = "";
  for (let index = start; index < end; index += 1) shape += isDigit(text, index) ? "9" : "A";
  return shape;
}
