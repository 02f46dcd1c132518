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
  /** Characters that a match has at most. */
  readonly longest: number;
  find(text: string): Iterable<ValueMatch>;
}

interface Word {
  readonly start: number;
  readonly end: number;
}

/** What a value has around its words. */
interface Ending {
  readonly type: string;
  readonly before: string;
  readonly after: string;
}

/** A step on the way through the words of the values. */
interface Node {
  readonly next: Map<string, Node>;
  /** How far the next word may be. */
  gap: number;
  /** The values that end here. */
  readonly values: Ending[];
}

/** Writing systems without spaces: each character is a word. */
const unspaced = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}";
const wordBeyondAscii = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}])+`, "uy");
const mark = /\p{M}+/gu;
const beyondAscii = /[^\0-\x7f]/;
/** Of a longer value these are looked for, and the rest behind them only as it is written. */
const mostWords = 64;
/** Characters that may stand between two words of a value, or as many as it has there: `Ada  Lovelace`, `Lovelace, Ada`. */
const widestGap = 3;
const mostEndings = 100;

/**
 * Makes a matcher. Accents, Unicode forms and what stands between the words of a value don't matter, nor does case unless
 * `isCaseKept`; a value is not found within a longer word. Values without a letter or digit are never found.
 */
export function createValueMatcher(
  values: readonly ValueToFind[],
  { isCaseKept = false }: { readonly isCaseKept?: boolean } = {},
): ValueMatcher | undefined {
  if (values.length === 0) return undefined;
  const fold = isCaseKept ? withoutMarks : foldWord;
  const root = emptyNode();
  let longest = 0;
  for (const value of values) {
    const words = wordsOf(value.value);
    longest = Math.max(longest, value.value.length + widestGap * words.length);
    if (words.length > 0) learn(root, words, { value, fold });
  }
  if (root.next.size === 0) return undefined;
  const canBegin = new Uint8Array((lastAscii + 1) * lengths);
  for (const word of root.next.keys()) {
    const unit = word.charCodeAt(0);
    canBegin[beginning(unit, word.length)] = 1;
    if (!isCaseKept) canBegin[beginning(toUpper(unit), word.length)] = 1;
  }
  return {
    longest,
    *find(text) {
      for (let word = nextWord(text, 0, { canBegin }); word !== undefined; ) {
        const found = longestAt(root, { text, fold, first: word });
        if (found !== undefined) yield spanOf(text, found);
        word = nextWord(text, (found ?? word).end, { canBegin });
      }
    },
  };
}

const emptyNode = (): Node => ({ next: new Map(), gap: widestGap, values: [] });

function learn(
  root: Node,
  words: readonly Word[],
  { value, fold }: { readonly value: ValueToFind; readonly fold: (word: string) => string },
): void {
  let node = root;
  let end = words[0]?.start ?? 0;
  for (const word of words) {
    const folded = fold(value.value.slice(word.start, word.end));
    const next = node.next.get(folded) ?? emptyNode();
    node.gap = Math.max(node.gap, word.start - end);
    node.next.set(folded, next);
    node = next;
    end = word.end;
  }
  if (node.values.length === mostEndings) return;
  const before = value.value.slice(0, words[0]?.start);
  node.values.push({ type: value.type, before, after: value.value.slice(end) });
}

interface Found extends Word {
  readonly values: readonly Ending[];
}

function longestAt(
  root: Node,
  {
    text,
    fold,
    first,
  }: { readonly text: string; readonly fold: (word: string) => string; readonly first: Word },
): Found | undefined {
  let node: Node | undefined = root;
  let found: Found | undefined;
  for (
    let word: Word | undefined = first;
    word !== undefined;
    word = nextWord(text, word.end, { within: node.gap })
  ) {
    node = node.next.get(fold(text.slice(word.start, word.end)));
    if (node === undefined) break;
    if (node.values.length > 0) found = { start: first.start, end: word.end, values: node.values };
  }
  return found;
}

/** From the first word to the last, with the marks around them that the value has too: `hunter2!`. */
function spanOf(text: string, { start: from, end: to, values }: Found): ValueMatch {
  let start = from;
  let end = to;
  for (const { before, after } of values) {
    if (before !== "" && text.slice(from - before.length, from) === before) {
      start = Math.min(start, from - before.length);
    }
    if (after !== "" && text.startsWith(after, to)) end = Math.max(end, to + after.length);
  }
  return { type: values[0]?.type ?? "", start, end };
}

/** The words of a value, no more than are looked for. */
function wordsOf(value: string): Word[] {
  const words: Word[] = [];
  for (let word = nextWord(value, 0); word !== undefined; word = nextWord(value, word.end)) {
    words.push(word);
    if (words.length === mostWords) break;
  }
  return words;
}

/** Lengths that words are told apart by. */
const lengths = 32;
/** Where words that begin with a unit and are so long are kept. */
const beginning = (unit: number, length: number) => unit * lengths + Math.min(length, lengths - 1);

/**
 * The first word from `from` on, no more than `within` characters away. ASCII words whose `beginning` is not in
 * `canBegin` are passed over: most are, and need no string of their own.
 */
function nextWord(
  text: string,
  from: number,
  { within = text.length, canBegin }: { readonly within?: number; readonly canBegin?: Uint8Array } = {},
): Word | undefined {
  const last = Math.min(text.length - 1, from + within);
  for (let start = from; start <= last; start += 1) {
    const unit = text.charCodeAt(start);
    if (unit <= lastAscii && !isAsciiWord(unit)) continue;
    let end = start;
    let next = unit;
    while (isAsciiWord(next)) {
      end += 1;
      next = text.charCodeAt(end);
    }
    if (end > start && !(next > lastAscii)) {
      if (canBegin?.[beginning(unit, end - start)] !== 0) return { start, end };
      start = end;
      continue;
    }
    wordBeyondAscii.lastIndex = start;
    if (wordBeyondAscii.test(text)) return { start, end: wordBeyondAscii.lastIndex };
  }
  return undefined;
}

const lastAscii = 0x7f;
const isAsciiWord = (unit: number) =>
  (unit > 0x60 && unit < 0x7b) || (unit > 0x40 && unit < 0x5b) || (unit > 0x2f && unit < 0x3a);
const toUpper = (unit: number) => (unit > 0x60 && unit < 0x7b ? unit - 0x20 : unit);

const withoutMarks = (word: string) =>
  beyondAscii.test(word) ? word.normalize("NFKD").replace(mark, "") : word;

function foldWord(word: string): string {
  return beyondAscii.test(word) ? withoutMarks(word).toUpperCase().toLowerCase() : word.toLowerCase();
}
