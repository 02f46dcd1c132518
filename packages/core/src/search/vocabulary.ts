import { editDistance } from "./edit-distance.js";
import { typingCost } from "./typing-cost.js";

/** A word as the documents write it. */
export interface VocabularyWord {
  readonly word: string;
  readonly stem: string;
  /** Numbers of the documents that have it, each once, ascending. */
  readonly slots: number[];
}

/** A word that may have been meant. */
export interface Repair {
  readonly word: string;
  readonly stem: string;
  /** How unlikely it is that this was meant: less is better. */
  readonly cost: number;
}

/** Every word of an index. */
export interface Vocabulary {
  get(word: string): VocabularyWord | undefined;
  /** Makes the word known. */
  add(word: string, stem: string): VocabularyWord;
  /**
   * The words that differ in at most two letters, likeliest first. `countOf` says how many documents of the caller have
   * a word: one that is in none of them does not exist here.
   */
  repairsOf(typed: string, countOf: (known: VocabularyWord) => number): readonly Repair[];
}

interface SizeClass {
  readonly words: VocabularyWord[];
  readonly signatures: number[];
}

const mostEdits = 2;
const shortestRepaired = 3;
const longestRepaired = 32;
/** Words up to this length are too close to too many others for two edits. */
const shortWord = 3;
const mostRepairs = 8;
/** A word that differs more is another word: "help" is not a slip of "http". */
const costPerLetter = 0.3;
/** What ten times as many documents are worth, in typing costs. */
const frequencyWorth = 0.25;
const repairable = /^\p{L}+$/u;

/** An empty vocabulary. */
export function createVocabulary(): Vocabulary {
  const words = new Map<string, VocabularyWord>();
  const sizes = new Map<number, SizeClass>();
  return {
    get: (word) => words.get(word),
    add(word, stem) {
      const entry: VocabularyWord = { word, stem, slots: [] };
      words.set(word, entry);
      const size = sizes.get(word.length) ?? { words: [], signatures: [] };
      size.words.push(entry);
      size.signatures.push(signatureOf(word));
      sizes.set(word.length, size);
      return entry;
    },
    repairsOf(typed, countOf) {
      if (typed.length < shortestRepaired || typed.length > longestRepaired || !repairable.test(typed))
        return [];
      const mostCost = costPerLetter * typed.length;
      return nearWords(typed, sizes)
        .map((entry) => ({ entry, count: countOf(entry) }))
        .filter(({ count }) => count > 0)
        .map(({ entry, count }) => ({ entry, count, cost: typingCost(typed, entry.word) }))
        .filter(({ cost }) => cost <= mostCost)
        .map(({ entry, count, cost }) => ({
          word: entry.word,
          stem: entry.stem,
          cost: cost - frequencyWorth * Math.log10(count),
        }))
        .sort((left, right) => left.cost - right.cost || (left.word < right.word ? -1 : 1))
        .slice(0, mostRepairs);
    },
  };
}

function nearWords(typed: string, sizes: ReadonlyMap<number, SizeClass>): VocabularyWord[] {
  const most = typed.length <= shortWord ? 1 : mostEdits;
  const signature = signatureOf(typed);
  const near: VocabularyWord[] = [];
  for (let size = Math.max(2, typed.length - most); size <= typed.length + most; size++) {
    // A replaced letter changes at most two of the letters that a word has, a lost or added one at most one.
    const mostChanged = 2 * most - Math.abs(size - typed.length);
    const { words = [], signatures = [] } = sizes.get(size) ?? {};
    for (let at = 0; at < signatures.length; at++) {
      if (bitCount((signatures[at] ?? 0) ^ signature) > mostChanged) continue;
      const entry = words[at];
      if (entry !== undefined && editDistance(typed, entry.word, most) <= most) near.push(entry);
    }
  }
  return near;
}

/** A bit for each letter that the word has: a test without reading it. */
function signatureOf(word: string): number {
  let signature = 0;
  for (let at = 0; at < word.length; at++) signature |= 1 << (word.charCodeAt(at) & 31);
  return signature;
}

function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
