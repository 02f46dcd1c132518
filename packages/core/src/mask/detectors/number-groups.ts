import type { Span } from "./detector.js";

/** A run of ASCII letters and digits. */
export interface NumberGroup extends Span {
  readonly hasDigit: boolean;
  readonly hasLetter: boolean;
}

/** Letters alone may be a part of a number only when they are few: `AB 12 34 56 C`. */
const maxLetters = 6;
const digit = 1;
const letter = 2;
const mark = 3;
const binding = 4;
const aDigit = /\d/g;

const classOf = new Uint8Array(128);
for (let code = 48; code < 58; code += 1) classOf[code] = digit;
for (let code = 65; code < 91; code += 1) classOf[code] = classOf[code + 32] = letter;
for (const character of " -./:") classOf[character.charCodeAt(0)] = mark;
for (const character of "_=&?%+@$\\") classOf[character.charCodeAt(0)] = binding;

const classAt = (text: string, index: number) => {
  const code = text.charCodeAt(index);
  return code < 128 ? (classOf[code] ?? 0) : 0;
};

export const isDigit = (text: string, index: number) => classAt(text, index) === digit;
/** Marks that may stand between the groups of a number: space, dash, dot, slash, colon. */
export const isMark = (text: string, index: number) => classAt(text, index) === mark;
/** Characters that tie a number to something longer: `_`, `=`, `@` and such. */
export const isBinding = (text: string, index: number) => classAt(text, index) === binding;
export const isAlphanumeric = (text: string, index: number) => {
  const kind = classAt(text, index);
  return kind === digit || kind === letter;
};

/** Groups that hold a digit, and the short groups of letters right before and behind them. */
export function numberGroups(text: string): readonly NumberGroup[] {
  const groups: NumberGroup[] = [];
  aDigit.lastIndex = 0;
  let read = 0;
  while (aDigit.test(text)) {
    let start = aDigit.lastIndex - 1;
    while (start > read && isAlphanumeric(text, start - 1)) start -= 1;
    const before = lettersBefore(text, start, read);
    if (before !== undefined) groups.push(before);
    const group = groupAt(text, start);
    groups.push(group);
    read = group.end;
    const after = isMark(text, read) ? groupAt(text, read + 1) : group;
    if (!after.hasDigit && after.end > after.start && after.end - after.start <= maxLetters) {
      groups.push(after);
      read = after.end;
    }
    aDigit.lastIndex = read;
  }
  return groups;
}

function groupAt(text: string, start: number): NumberGroup {
  let hasDigit = false;
  let hasLetter = false;
  let end = start;
  for (let kind = classAt(text, end); kind === digit || kind === letter; kind = classAt(text, end)) {
    if (kind === digit) hasDigit = true;
    else hasLetter = true;
    end += 1;
  }
  return { start, end, hasDigit, hasLetter };
}

function lettersBefore(text: string, groupStart: number, read: number): NumberGroup | undefined {
  const end = groupStart - 1;
  if (end <= read || !isMark(text, end)) return undefined;
  let start = end;
  while (start > read && end - start <= maxLetters && classAt(text, start - 1) === letter) start -= 1;
  const length = end - start;
  const isWhole = start === read || !isAlphanumeric(text, start - 1);
  return length > 0 && length <= maxLetters && isWhole
    ? { start, end, hasDigit: false, hasLetter: true }
    : undefined;
}
