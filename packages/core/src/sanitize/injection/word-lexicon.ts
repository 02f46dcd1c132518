import { foldWords } from "./fold-words.js";
import { type InjectionConcept, injectionWords } from "./injection-words.js";
import { unspaced } from "./split-words.js";

/** Words by their meaning, ready to be looked up. */
export interface WordLexicon {
  /** What is known of a whole word. */
  known(word: string): KnownWord | undefined;
  /** Meanings of how a word begins. */
  ofBeginning(word: string): readonly InjectionConcept[];
  /** Meanings of a word whose inner letters are mixed up: `igonre`. */
  ofScrambled(word: string): readonly InjectionConcept[];
  /** What begins at `index` of a text that has no spaces. */
  within(text: string, index: number): readonly InjectionConcept[];
}

/** A word of the lexicon. */
export interface KnownWord {
  readonly concepts: readonly InjectionConcept[];
  /** The rows that begin with it, by their second word. */
  readonly rows: ReadonlyMap<string, readonly WordRow[]>;
}

/** A row of words with one meaning. */
export interface WordRow {
  /** The words that must follow the first. */
  readonly rest: readonly string[];
  readonly concept: InjectionConcept;
}

const noConcepts: readonly InjectionConcept[] = [];
/** Shorter words are found in too many others. */
const leastGlued = 5;
/** A number for the two characters at `index`. */
const keyAt = (text: string, index: number) => (text.charCodeAt(index) << 16) | text.charCodeAt(index + 1);
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
  const words = new Map<string, { concepts: InjectionConcept[]; rows: Map<string, WordRow[]> }>();
  const beginnings = new Map<number, Part[]>();
  const shuffled = new Map<string, InjectionConcept[]>();
  const ends = new Set<number>();
  const glued = new Map<number, Part[]>();
  const wordOf = (text: string) => {
    const word = words.get(text) ?? { concepts: [], rows: new Map<string, WordRow[]>() };
    words.set(text, word);
    return word;
  };
  for (const [name, entries] of Object.entries(injectionWords)) {
    const concept = name as InjectionConcept; // a key of the table above
    for (const entry of entries.trim().split(/\s+/)) {
      const folded = foldWords(entry.replace("*", ""));
      const [first = "", ...rest] = folded.split("_");
      const joined = folded.replaceAll("_", "");
      const isUnspaced = unspaced.test(joined);
      if (isUnspaced || joined.length >= leastGlued) push(glued, keyAt(joined, 0), { text: joined, concept });
      if (isUnspaced) continue;
      if (rest.length > 0) push(wordOf(first).rows, rest[0] ?? "", { rest, concept });
      else if (entry.endsWith("*")) push(beginnings, keyAt(folded, 0), { text: folded, concept });
      else wordOf(folded).concepts.push(concept);
      if (rest.length > 0 || !scrambled.has(concept) || folded.length < leastScrambled) continue;
      push(shuffled, withInnerSorted(folded), concept);
      ends.add(endsOf(folded));
    }
  }
  return {
    known: (word) => words.get(word),
    ofBeginning: (word) => partsAt(beginnings, word, 0),
    ofScrambled(word) {
      if (word.length < leastScrambled || !ends.has(endsOf(word))) return noConcepts;
      return shuffled.get(withInnerSorted(word)) ?? noConcepts;
    },
    within: (text, index) => partsAt(glued, text, index),
  };
}

/** The meanings of all parts that stand at `index`. */
function partsAt(
  parts: ReadonlyMap<number, Part[]>,
  text: string,
  index: number,
): readonly InjectionConcept[] {
  const candidates = parts.get(keyAt(text, index));
  if (candidates === undefined) return noConcepts;
  const found = candidates.filter((part) => text.startsWith(part.text, index));
  return found.length === 0 ? noConcepts : found.map(({ concept }) => concept);
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

/** A number for the length and both ends of a word; two words may share one. */
const endsOf = (word: string) =>
  (word.charCodeAt(0) << 14) ^ (word.charCodeAt(word.length - 1) << 6) ^ word.length;
const withInnerSorted = (word: string) =>
  word.charAt(0) + Array.from(word.slice(1, -1)).sort().join("") + word.slice(-1);
