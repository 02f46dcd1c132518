import { foldWords } from "./fold-words.js";
import { type InjectionConcept, injectionWords } from "./injection-words.js";

/** Words by their meaning, ready to be looked up. */
export interface WordLexicon {
  /** Meanings of a word, however it ends. */
  ofWord(word: string): readonly InjectionConcept[];
  /** Meanings of a word whose inner letters are mixed up: `igonre`. */
  ofScrambled(word: string): readonly InjectionConcept[];
  /** Rows of words that begin with these two, as the words that must follow the first. */
  rowsFrom(first: string, second: string): readonly WordRow[];
  /** What begins at `index` of a text that has no spaces. */
  within(text: string, index: number): readonly InjectionConcept[];
}

/** A row of words with one meaning. */
export interface WordRow {
  readonly rest: readonly string[];
  readonly concept: InjectionConcept;
}

const noConcepts: readonly InjectionConcept[] = [];
const noRows: readonly WordRow[] = [];
/** Scripts that are written without spaces between words. */
export const unspaced: RegExp = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Shorter words are found in too many others. */
const leastGlued = 5;
const keyLength = 2;
const keyOf = (text: string, index: number) => text.slice(index, index + keyLength);
/** Only these are looked for with their inner letters mixed up. */
const scrambled: ReadonlySet<InjectionConcept> = new Set(["ignore", "prior", "rules"]);
const leastScrambled = 6;

/** A part of a word, or of a text without spaces, with one meaning. */
interface Part {
  readonly text: string;
  readonly concept: InjectionConcept;
}

/** Makes the lexicon of {@link injectionWords}, once. */
export function createWordLexicon(): WordLexicon {
  const words = new Map<string, InjectionConcept[]>();
  const beginnings = new Map<string, Part[]>();
  const rows = new Map<string, Map<string, WordRow[]>>();
  const shuffled = new Map<string, InjectionConcept[]>();
  const ends = new Set<number>();
  const glued = new Map<string, Part[]>();
  for (const [name, entries] of Object.entries(injectionWords)) {
    const concept = name as InjectionConcept; // a key of the table above
    for (const entry of entries.trim().split(/\s+/)) {
      const folded = foldWords(entry.replace("*", ""));
      const [first = "", ...rest] = folded.split("_");
      const joined = folded.replaceAll("_", "");
      const isUnspaced = unspaced.test(joined);
      if (isUnspaced || joined.length >= leastGlued) push(glued, keyOf(joined, 0), { text: joined, concept });
      if (isUnspaced) continue;
      if (rest.length > 0) pushRow(rows, first, { rest, concept });
      else if (entry.endsWith("*")) push(beginnings, keyOf(folded, 0), { text: folded, concept });
      else push(words, folded, concept);
      if (rest.length > 0 || !scrambled.has(concept) || folded.length < leastScrambled) continue;
      push(shuffled, withInnerSorted(folded), concept);
      ends.add(endsOf(folded));
    }
  }
  return {
    ofWord(word) {
      const whole = words.get(word) ?? noConcepts;
      const begun = partsAt(beginnings, word, 0);
      return begun === noConcepts ? whole : [...whole, ...begun];
    },
    ofScrambled(word) {
      if (word.length < leastScrambled || !ends.has(endsOf(word))) return noConcepts;
      return shuffled.get(withInnerSorted(word)) ?? noConcepts;
    },
    rowsFrom: (first, second) => rows.get(first)?.get(second) ?? noRows,
    within: (text, index) => partsAt(glued, text, index),
  };
}

/** The meanings of all parts that stand at `index`. */
function partsAt(
  parts: ReadonlyMap<string, Part[]>,
  text: string,
  index: number,
): readonly InjectionConcept[] {
  const candidates = parts.get(keyOf(text, index));
  if (candidates === undefined) return noConcepts;
  const found = candidates.filter((part) => text.startsWith(part.text, index));
  return found.length === 0 ? noConcepts : found.map(({ concept }) => concept);
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

function pushRow(rows: Map<string, Map<string, WordRow[]>>, first: string, row: WordRow): void {
  const following = rows.get(first) ?? new Map<string, WordRow[]>();
  rows.set(first, following);
  push(following, row.rest[0] ?? "", row);
}

/** A number for the length and both ends of a word; two words may share one. */
const endsOf = (word: string) =>
  (word.charCodeAt(0) << 14) ^ (word.charCodeAt(word.length - 1) << 6) ^ word.length;
const withInnerSorted = (word: string) =>
  word.charAt(0) + Array.from(word.slice(1, -1)).sort().join("") + word.slice(-1);
