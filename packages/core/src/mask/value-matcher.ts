/** A value to look for wherever it stands. */
export interface ValueToFind {
  readonly type: string;
  readonly value: string;
}

/** Where a value stands in a text. */
export interface ValueMatch {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Finds any of many values in a text, in time that depends on the text only. */
export interface ValueMatcher {
  find(text: string): Iterable<ValueMatch>;
}

/** The words of a text: where each begins and ends, and its one spelling. */
interface Words {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  folded(index: number): string;
}

/** A step on the way through the words of the values. */
interface Node {
  readonly next: Map<string, Node>;
  /** The values that end here. */
  readonly values: ValueToFind[];
}

/** Writing systems without spaces: each character is a word. */
const unspaced = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}";
const word = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}])+`, "gu");
const mark = /\p{M}+/gu;
const beyondAscii = /[^\0-\x7f]/;
/** Longer values are found only as they are written. */
const mostWords = 64;
/** Characters that may stand between two words of a value: `Ada  Lovelace`, `Lovelace, Ada`. */
const widestGap = 3;
const mostEndings = 4;

/**
 * Makes a matcher. Case, accents, Unicode forms and what stands between the words of a value don't matter; a value is
 * not found within a longer word. Values without a letter or digit are never found.
 */
export function createValueMatcher(values: readonly ValueToFind[]): ValueMatcher | undefined {
  const root: Node = { next: new Map(), values: [] };
  const long: ValueToFind[] = [];
  for (const value of values) {
    const words = wordsOf(value.value);
    if (words.starts.length > mostWords) long.push(value);
    else if (words.starts.length > 0) learn(root, words, value);
  }
  if (root.next.size === 0 && long.length === 0) return undefined;
  return {
    *find(text) {
      for (const value of long) yield* exactly(text, value);
      if (root.next.size === 0) return;
      const words = wordsOf(text);
      for (let at = 0; at < words.starts.length; ) {
        const found = longestAt(root, words, at);
        if (found === undefined) at += 1;
        else {
          yield spanOf(text, words, found);
          at = found.last + 1;
        }
      }
    },
  };
}

function learn(root: Node, words: Words, value: ValueToFind): void {
  let node = root;
  for (const index of words.starts.keys()) {
    const folded = words.folded(index);
    const next = node.next.get(folded) ?? { next: new Map(), values: [] };
    node.next.set(folded, next);
    node = next;
  }
  if (node.values.length < mostEndings) node.values.push(value);
}

interface Found {
  readonly first: number;
  readonly last: number;
  readonly values: readonly ValueToFind[];
}

function longestAt(root: Node, words: Words, first: number): Found | undefined {
  let node: Node | undefined = root;
  let found: Found | undefined;
  for (let index = first; index < words.starts.length; index += 1) {
    const gap = (words.starts[index] ?? 0) - (words.ends[index - 1] ?? 0);
    if (index > first && gap > widestGap) break;
    node = node.next.get(words.folded(index));
    if (node === undefined) break;
    if (node.values.length > 0) found = { first, last: index, values: node.values };
  }
  return found;
}

/** From the first word to the last, with the marks around them that the value has too: `hunter2!`. */
function spanOf(text: string, words: Words, { first, last, values }: Found): ValueMatch {
  const from = words.starts[first] ?? 0;
  const to = words.ends[last] ?? 0;
  let start = from;
  let end = to;
  for (const { value } of values) {
    const inside = wordsOf(value);
    const before = value.slice(0, inside.starts[0] ?? 0);
    const after = value.slice(inside.ends.at(-1) ?? value.length);
    if (before !== "" && text.slice(from - before.length, from) === before)
      start = Math.min(start, from - before.length);
    if (after !== "" && text.startsWith(after, to)) end = Math.max(end, to + after.length);
  }
  return { type: values[0]?.type ?? "", start, end };
}

function* exactly(text: string, { type, value }: ValueToFind): Iterable<ValueMatch> {
  for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + value.length)) {
    yield { type, start, end: start + value.length };
  }
}

function wordsOf(text: string): Words {
  const words = { starts: [] as number[], ends: [] as number[] };
  const add = (start: number, end: number) => {
    words.starts.push(start);
    words.ends.push(end);
  };
  let start = -1;
  let isAscii = true;
  for (let at = 0; at <= text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (isWordUnit(unit)) {
      if (start === -1) start = at;
      if (unit > lastAscii) isAscii = false;
    } else if (start !== -1) {
      if (isAscii) add(start, at);
      else
        for (const found of wordsWithin(text.slice(start, at))) add(start + found.start, start + found.end);
      start = -1;
      isAscii = true;
    }
  }
  return { ...words, folded: (index) => foldWord(text.slice(words.starts[index], words.ends[index])) };
}

const lastAscii = 0x7f;
/** Whether a unit can be part of a word: an ASCII letter or digit, or any beyond ASCII. */
const isWordUnit = (unit: number) =>
  (unit > 0x60 && unit < 0x7b) ||
  (unit > 0x40 && unit < 0x5b) ||
  (unit > 0x2f && unit < 0x3a) ||
  unit > lastAscii;

function* wordsWithin(run: string): Iterable<{ readonly start: number; readonly end: number }> {
  for (const { 0: match, index } of run.matchAll(word)) yield { start: index, end: index + match.length };
}

function foldWord(written: string): string {
  if (!beyondAscii.test(written)) return written.toLowerCase();
  return written.normalize("NFKD").replace(mark, "").toUpperCase().toLowerCase();
}
