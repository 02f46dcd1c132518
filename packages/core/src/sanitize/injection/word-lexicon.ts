import { foldWords } from "./fold-words.js";
import { type InjectionConcept, injectionWords } from "./injection-words.js";

/** Words by their meaning, ready to be looked up. */
export interface WordLexicon {
  /** Meanings of a word, however it ends. */
  ofWord(word: string): readonly InjectionConcept[];
  /** Meanings of a word whose inner letters are mixed up: `igonre`. */
  ofScrambled(word: string): readonly InjectionConcept[];
  /** Rows of words that begin with `word`, as the words that must follow. */
  rowsFrom(word: string): readonly WordRow[];
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
/** Only these are looked for with their inner letters mixed up. */
const scrambled: ReadonlySet<InjectionConcept> = new Set(["ignore", "prior", "rules"]);
const leastScrambled = 6;

/** Makes the lexicon of {@link injectionWords}, once. */
export function createWordLexicon(): WordLexicon {
  const words = new Map<string, InjectionConcept[]>();
  const beginnings = new Map<string, InjectionConcept[]>();
  const rows = new Map<string, WordRow[]>();
  const shuffled = new Map<string, InjectionConcept[]>();
  const ends = new Set<string>();
  const glued = new Map<string, { readonly text: string; readonly concept: InjectionConcept }[]>();
  let longest = 0;
  for (const [name, entries] of Object.entries(injectionWords)) {
    const concept = name as InjectionConcept; // a key of the table above
    for (const entry of entries.trim().split(/\s+/)) {
      const folded = foldWords(entry.replace("*", ""));
      const [first = "", ...rest] = folded.split("_");
      const joined = folded.replaceAll("_", "");
      const isUnspaced = unspaced.test(joined);
      if (isUnspaced || joined.length >= leastGlued)
        push(glued, joined.slice(0, keyLength), { text: joined, concept });
      if (isUnspaced) continue;
      if (rest.length > 0) push(rows, first, { rest, concept });
      else if (entry.endsWith("*")) push(beginnings, folded, concept);
      else push(words, folded, concept);
      longest = Math.max(longest, folded.length);
      if (rest.length > 0 || !scrambled.has(concept) || folded.length < leastScrambled) continue;
      push(shuffled, withInnerSorted(folded), concept);
      ends.add(endsOf(folded));
    }
  }
  return {
    ofWord(word) {
      let found = words.get(word) ?? noConcepts;
      for (let length = Math.min(word.length, longest); length >= 2; length -= 1) {
        const begun = beginnings.get(word.slice(0, length));
        if (begun !== undefined) found = [...found, ...begun];
      }
      return found;
    },
    ofScrambled(word) {
      if (word.length < leastScrambled || !ends.has(endsOf(word))) return noConcepts;
      return shuffled.get(withInnerSorted(word)) ?? noConcepts;
    },
    rowsFrom: (word) => rows.get(word) ?? noRows,
    within(text, index) {
      const candidates = glued.get(text.slice(index, index + keyLength));
      if (candidates === undefined) return noConcepts;
      return candidates
        .filter(({ text: word }) => text.startsWith(word, index))
        .map(({ concept }) => concept);
    },
  };
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

const endsOf = (word: string) => `${word.charAt(0)}${word.length}${word.charAt(word.length - 1)}`;
const withInnerSorted = (word: string) =>
  word.charAt(0) + Array.from(word.slice(1, -1)).sort().join("") + word.slice(-1);
