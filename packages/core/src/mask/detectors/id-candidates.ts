import type { Span } from "./detector.js";

/** Groups of letters and digits, one of them with a digit at least, with single marks between them. */
export interface IdCandidate extends Span {
  /** `9` for a digit, `A` for a letter; marks stand for themselves. */
  readonly shape: string;
  /** Whether it may be a piece of something longer: of a path, a sum, a table, a name with an underscore. */
  readonly isPart: boolean;
}

interface Group extends Span {
  readonly hasDigit: boolean;
  readonly hasLetter: boolean;
}

const maxGroups = 7;
const maxLength = 26;
const minLength = 5;
const maxGroupLength = 20;
/** Letters alone may be a part of a number only when they are few: `AB 12 34 56 C`. */
const maxLetters = 6;
const digit = 1;
const letter = 2;
const mark = 3;
const binding = 4;

const classOf = new Uint8Array(128);
for (let code = 48; code < 58; code += 1) classOf[code] = digit;
for (let code = 65; code < 91; code += 1) classOf[code] = classOf[code + 32] = letter;
for (const character of " -./:") classOf[character.charCodeAt(0)] = mark;
for (const character of "_=&?%+@$\\") classOf[character.charCodeAt(0)] = binding;

const classAt = (text: string, index: number) => {
  const code = text.charCodeAt(index);
  return code < 128 ? (classOf[code] ?? 0) : 0;
};

/** All runs of groups that may be a number with a shape of its own. */
export function idCandidates(text: string): readonly IdCandidate[] {
  const candidates: IdCandidate[] = [];
  let run: Group[] = [];
  for (const group of groupsOf(text)) {
    const last = run.at(-1);
    if (last !== undefined && !isJoined(text, last, group)) {
      addRuns(text, run, candidates);
      run = [];
    }
    run.push(group);
  }
  addRuns(text, run, candidates);
  return candidates;
}

/** One mark stands between them; a colon only between digits, as after letters it parts a name from its value. */
function isJoined(text: string, before: Group, after: Group): boolean {
  if (after.start !== before.end + 1 || classAt(text, before.end) !== mark) return false;
  return text[before.end] !== ":" || !(before.hasLetter || after.hasLetter);
}

/** Groups with a digit, and short ones of letters beside them. */
function* groupsOf(text: string): Iterable<Group> {
  let before: Group | undefined;
  let hadDigit = false;
  for (let index = 0; index < text.length; ) {
    const kind = classAt(text, index);
    if (kind !== digit && kind !== letter) {
      index += 1;
      continue;
    }
    const start = index;
    let hasDigit = false;
    let hasLetter = false;
    for (let current = kind; current === digit || current === letter; current = classAt(text, index)) {
      hasDigit ||= current === digit;
      hasLetter ||= current === letter;
      index += 1;
    }
    const group = { start, end: index, hasDigit, hasLetter };
    const isShort = index - start <= maxLetters;
    if (hasDigit) {
      if (before !== undefined) yield before;
      yield group;
      before = undefined;
    } else if (isShort && hadDigit) yield group;
    else before = isShort ? group : undefined;
    hadDigit = hasDigit;
  }
}

/** Adds every run of groups, from one to seven, that is short enough. */
function addRuns(text: string, groups: readonly Group[], candidates: IdCandidate[]): void {
  for (let first = 0; first < groups.length; first += 1) {
    let digits = false;
    for (let last = first; last < groups.length && last < first + maxGroups; last += 1) {
      const start = groups[first]?.start ?? 0;
      const group = groups[last];
      if (group === undefined || group.end - start > maxLength) break;
      if (group.end - group.start > maxGroupLength) break;
      digits ||= group.hasDigit;
      if (!digits || group.end - start < minLength) continue;
      const end = group.end;
      if (!isWhole(text, start, end)) continue;
      candidates.push({ start, end, shape: shapeOf(text, start, end), isPart: isPart(text, start, end) });
    }
  }
}

/** Not when letters or digits go on behind a dash, dot or slash, or digits behind a colon. */
function isWhole(text: string, start: number, end: number): boolean {
  const goesBack =
    (isFirm(text[start - 1]) && isAlphanumeric(text, start - 2)) ||
    (text[start - 1] === ":" && classAt(text, start - 2) === digit);
  const goesOn =
    (isFirm(text[end]) && isAlphanumeric(text, end + 1)) ||
    (text[end] === ":" && classAt(text, end + 1) === digit);
  return !goesBack && !goesOn && !isWordLike(text, start - 1) && !isWordLike(text, end);
}

const isFirm = (character: string | undefined) => character === "-" || character === "." || character === "/";
const isAlphanumeric = (text: string, index: number) => {
  const kind = classAt(text, index);
  return kind === digit || kind === letter;
};
const beyondAscii = /[\p{L}\p{N}]/u;
const isWordLike = (text: string, index: number) =>
  text.charCodeAt(index) > 127 && beyondAscii.test(text[index] ?? "");

function isPart(text: string, start: number, end: number): boolean {
  if (classAt(text, start - 1) === binding || classAt(text, end) === binding) return true;
  if (text[start - 1] === "/" || text[end] === "/") return true;
  const isAfterNumber = text[start - 1] === " " && classAt(text, start - 2) === digit;
  const isBeforeNumber = text[end] === " " && classAt(text, end + 1) === digit;
  return isAfterNumber || isBeforeNumber;
}

function shapeOf(text: string, start: number, end: number): string {
  let shape = "";
  for (let index = start; index < end; index += 1) {
    const kind = classAt(text, index);
    shape += kind === digit ? "9" : kind === letter ? "A" : (text[index] ?? "");
  }
  return shape;
}
