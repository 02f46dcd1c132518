import { foldWords } from "./fold-words.js";
import { hashFilter } from "./hash-filter.js";
import { type InjectionConcept, injectionWords } from "./injection-words.js";
import { hashOf, unspaced, type Word } from "./split-words.js";

/** A word where it stands in a text. */
export type WordPlace = Pick<Word, "start" | "end" | "hash">;

type Span = Pick<Word, "start" | "end">;

/** Words by their meaning, ready to be looked up. */
export interface WordLexicon {
  /** Meanings of a whole word. */
  ofWord(text: string, place: WordPlace): readonly InjectionConcept[];
  /** Rows that may stand where two words follow each other, by the hashes of both: other words may have them, too. */
  rowsOf(hash: number, nextHash: number): readonly WordRow[];
  /** Meanings of how a word begins. */
  ofBeginning(text: string, place: WordPlace): readonly InjectionConcept[];
  /** Meanings of a word whose inner letters are mixed up: `igonre`. */
  ofScrambled(text: string, place: WordPlace): readonly InjectionConcept[];
  /** What begins at `index` of a text that has no spaces. */
  within(text: string, index: number): readonly InjectionConcept[];
}

/** A row of words with one meaning. */
export interface WordRow {
  readonly words: readonly string[];
  readonly concept: InjectionConcept;
}

const noConcepts: readonly InjectionConcept[] = [];
const noRows: readonly WordRow[] = [];
/** A number for two words that follow each other. */
const pairOf = (hash: number, nextHash: number) => Math.imul(hash, 0x1000193) ^ nextHash;
/** Shorter words are found in too many others. */
const leastGlued = 5;
/** No beginning is shorter. */
const leastBeginning = 2;
/** Parts by their first two characters; some share a place. */
type PartTable = (Part[] | undefined)[];
const newPartTable = (): PartTable => new Array<Part[] | undefined>(1 << 10).fill(undefined);
const placeOf = (text: string, index: number) =>
  ((text.charCodeAt(index) & 0x1f) << 5) | (text.charCodeAt(index + 1) & 0x1f);
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
  /** By hash; no two words of the lexicon have the same. */
  const words = new Map<number, { readonly text: string; readonly concepts: InjectionConcept[] }>();
  const rows = new Map<number, WordRow[]>();
  const beginnings = newPartTable();
  const shuffled = new Map<string, InjectionConcept[]>();
  const ends = new Set<number>();
  const glued = newPartTable();
  const conceptsOf = (text: string) => {
    const hash = hashOf(text);
    const word = words.get(hash) ?? { text, concepts: [] };
    if (word.text !== text) throw new Error(`"${text}" has the hash of "${word.text}".`);
    words.set(hash, word);
    return word.concepts;
  };
  for (const [name, entries] of Object.entries(injectionWords)) {
    const concept = name as InjectionConcept; // a key of the table above
    for (const entry of entries.trim().split(/\s+/)) {
      const folded = foldWords(entry.replace("*", ""));
      const row = folded.split("_");
      const [first = "", second] = row;
      const joined = folded.replaceAll("_", "");
      const isUnspaced = unspaced.test(joined);
      if (isUnspaced || joined.length >= leastGlued) add(glued, { text: joined, concept });
      if (isUnspaced) continue;
      if (second !== undefined) {
        push(rows, pairOf(hashOf(first), hashOf(second)), { words: row, concept });
        continue;
      }
      if (entry.endsWith("*")) add(beginnings, { text: folded, concept });
      else conceptsOf(folded).push(concept);
      if (!scrambled.has(concept) || folded.length < leastScrambled) continue;
      push(shuffled, withInnerSorted(folded), concept);
      ends.add(endsOf(folded, 0, folded.length));
    }
  }
  const mayBeKnown = hashFilter([...words.keys(), ...rows.keys()]);
  return {
    ofWord(text, place) {
      const known = mayBeKnown(place.hash) ? words.get(place.hash) : undefined;
      return known !== undefined && isWordAt(text, place, known.text) ? known.concepts : noConcepts;
    },
    rowsOf(hash, nextHash) {
      const pair = pairOf(hash, nextHash);
      return (mayBeKnown(pair) ? rows.get(pair) : undefined) ?? noRows;
    },
    ofBeginning(text, { start, end }) {
      return end - start < leastBeginning ? noConcepts : partsAt(beginnings, text, { start, end });
    },
    ofScrambled(text, { start, end }) {
      if (end - start < leastScrambled || !ends.has(endsOf(text, start, end))) return noConcepts;
      return shuffled.get(withInnerSorted(text.slice(start, end))) ?? noConcepts;
    },
    within: (text, index) => partsAt(glued, text, { start: index, end: text.length }),
  };
}

/** Whether it is `word` that stands at a place. */
export const isWordAt = (text: string, { start, end }: Span, word: string): boolean =>
  end - start === word.length && text.startsWith(word, start);

/** The meanings of all parts that stand at `start`, and end by `end`. */
function partsAt(parts: PartTable, text: string, { start, end }: Span): readonly InjectionConcept[] {
  const candidates = parts[placeOf(text, start)];
  if (candidates === undefined) return noConcepts;
  let found: InjectionConcept[] | undefined;
  for (const { text: part, concept } of candidates) {
    if (part.length > end - start || !text.startsWith(part, start)) continue;
    found ??= [];
    found.push(concept);
  }
  return found ?? noConcepts;
}

function add(parts: PartTable, part: Part): void {
  const place = placeOf(part.text, 0);
  const known = parts[place];
  if (known === undefined) parts[place] = [part];
  else known.push(part);
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

/** A number for the length and both ends of a word; two words may share one. */
const endsOf = (text: string, start: number, end: number) =>
  (text.charCodeAt(start) << 14) ^ (text.charCodeAt(end - 1) << 6) ^ (end - start);
const withInnerSorted = (word: string) =>
  word.charAt(0) + Array.from(word.slice(1, -1)).sort().join("") + word.slice(-1);
