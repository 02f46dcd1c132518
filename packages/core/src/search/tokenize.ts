/** A word of a text. One place can give several: an identifier gives its parts and, last, itself in one piece. */
export interface Token {
  /** Lower case, without accents. */
  readonly word: string;
  /** UTF-16 offset of its first character in the text. */
  readonly start: number;
  /** Offset after its last character. */
  readonly end: number;
  /** Whether it is several parts in one piece ("readfile" of `read_file`): an extra, that counts for no length. */
  readonly isCompound: boolean;
}

interface Part {
  readonly text: string;
  readonly start: number;
}

const runs = /[\p{L}\p{N}][\p{L}\p{N}\p{M}_]*(?:['’-][\p{L}\p{N}][\p{L}\p{N}\p{M}_]*)*/gu;
const plainWord = /^(?:[a-z]+|[A-Z][a-z]+)$/;
const ascii = /^[\0-\x7f]*$/;
/** Scripts that put no spaces between words, and Hangul, whose words carry endings. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const pieces = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{Lt}[\p{Ll}\p{M}]*|\p{Lu}|\p{N}+/gu;
const marks = /[\u0300-\u036f]/g;
/** What is longer is data, not a word: its beginning counts. */
const longestRun = 128;
const longestCompound = 40;

/** The words of any text: prose, Markdown or code. Identifiers are split on case, `_` and digits. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: run, index } of text.matchAll(runs)) {
    if (run.length <= longestRun && plainWord.test(run)) {
      tokens.push({ word: run.toLowerCase(), start: index, end: index + run.length, isCompound: false });
    } else if (ascii.test(run)) {
      readIdentifier({ text: run, start: index }, tokens);
    } else {
      readMixed({ text: run, start: index }, tokens);
    }
  }
  return tokens;
}

/** Words of scripts without spaces are read as pairs of neighbouring characters. */
function readMixed(run: Part, tokens: Token[]): void {
  let from = 0;
  for (const { 0: part, index } of run.text.matchAll(unspaced)) {
    if (index > from) readIdentifier(partOf(run, from, index), tokens);
    from = index + part.length;
    const characters = Array.from(part);
    let start = run.start + index;
    const last = Math.max(1, characters.length - 1);
    for (let at = 0; at < last; at++) {
      const pair = characters.slice(at, at + 2).join("");
      tokens.push({ word: fold(pair), start, end: start + pair.length, isCompound: false });
      start += characters[at]?.length ?? 0;
    }
  }
  if (from < run.text.length) readIdentifier(partOf(run, from, run.text.length), tokens);
}

const partOf = ({ text, start }: Part, from: number, to: number): Part => ({
  text: text.slice(from, to),
  start: start + from,
});

function readIdentifier(run: Part, tokens: Token[]): void {
  const text = withoutPossessive(run.text.slice(0, longestRun));
  const hasApostrophe = /['’]/.test(text);
  const parts = hasApostrophe ? [] : [...text.matchAll(pieces)];
  const whole = fold(text.replace(/[_'’-]/g, ""));
  if (whole === "") return;
  if (parts.length < 2) {
    tokens.push({ word: whole, start: run.start, end: run.start + text.length, isCompound: false });
    return;
  }
  for (const { 0: part, index } of parts) {
    // One letter of several says nothing ("i" of `iPhone`); a digit does.
    if (part.length < 2 && !/\p{N}/u.test(part)) continue;
    const start = run.start + index;
    tokens.push({ word: fold(part), start, end: start + part.length, isCompound: false });
  }
  if (whole.length > longestCompound) return;
  tokens.push({ word: whole, start: run.start, end: run.start + text.length, isCompound: true });
}

const withoutPossessive = (text: string) => text.replace(/['’]s$/, "");

function fold(text: string): string {
  const lower = text.toLowerCase();
  if (ascii.test(lower)) return lower;
  // A letter can consist of marks alone; it is kept as it is.
  return lower.normalize("NFKD").replace(marks, "").normalize("NFC") || lower;
}
