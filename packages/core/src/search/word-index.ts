import { stem } from "./stem.js";
import { stopWords } from "./stop-words.js";
import { tokenize } from "./tokenize.js";
import { createVocabulary, type Vocabulary } from "./vocabulary.js";

/** Where a stem stands: documents, ascending, and how much it counts in each. */
export interface Posting {
  readonly slots: number[];
  readonly counts: number[];
}

/** What a document has to read. */
export interface IndexedText {
  readonly title?: string | undefined;
  readonly text: string;
}

/** An inverted index. Documents are numbers here ("slots"), which only grow. */
export interface WordIndex {
  readonly vocabulary: Vocabulary;
  add(slot: number, document: IndexedText): void;
  find(stem: string): Posting | undefined;
  /** In words that are no stop words. */
  lengthOf(slot: number): number;
}

const titleWeight = 2.5;
/** The beginning of a text says more about it than the rest: a function's name, a topic sentence. */
const openingWeight = 3;
const openingWords = 12;

/** An empty index. */
export function createWordIndex(): WordIndex {
  const postings = new Map<string, Posting>();
  const lengths: number[] = [];
  const vocabulary = createVocabulary();

  const wordOf = (word: string) => vocabulary.get(word) ?? vocabulary.add(word, stem(word));
  return {
    vocabulary,
    add(slot, { title = "", text }) {
      const counts = new Map<string, number>();
      const count = (word: string, weight: number) => {
        const known = wordOf(word);
        if (known.slots.at(-1) !== slot) known.slots.push(slot);
        counts.set(known.stem, (counts.get(known.stem) ?? 0) + weight);
      };
      let length = 0;
      for (const [source, weight, opening] of [
        [title, titleWeight, titleWeight],
        [text, 1, openingWeight],
      ] as const) {
        let position = 0;
        for (const { word, isCompound } of tokenize(source)) {
          count(word, position < openingWords ? opening : weight);
          if (isCompound || stopWords.has(word)) continue;
          position++;
        }
        length += position;
      }
      lengths[slot] = length;
      for (const [stem, weight] of counts) {
        const posting = postings.get(stem) ?? { slots: [], counts: [] };
        posting.slots.push(slot);
        posting.counts.push(weight);
        postings.set(stem, posting);
      }
    },
    find: (stem) => postings.get(stem),
    lengthOf: (slot) => lengths[slot] ?? 0,
  };
}
