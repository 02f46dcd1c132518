import { foldWords } from "./fold-words.js";
import { type InjectionConcept, injectionWords } from "./injection-words.js";
import { hashOf, unspaced, type Word } from "./split-words.js";

/** Where a word stands in a text. */
export type WordPlace = Pick<Word, "start" | "end">;

/** Words by their meaning, ready to be looked up. */
export interface WordLexicon {
  /** The only word with this hash of which anything is known. Another word may have it, too: see {@link isWordAt}. */
  known(hash: number): KnownWord | undefined;
  /** Meanings of how a word begins. */
  ofBeginning(text: string, place: WordPlace): readonly InjectionConcept[];
  /** Meanings of a word whose inner letters are mixed up: `igonre`. */
  ofScrambled(text: string, place: WordPlace): readonly InjectionConcept[];
  /** What begins at `index` of a text that has no spaces. */
  within(text: string, index: number): readonly InjectionConcept[];
}

/** A word of the lexicon. */
export interface KnownWord {
  readonly text: string;
  readonly concepts: readonly InjectionConcept[];
  /** The rows that begin with it, by the hash of their second word. */
  readonly rows: ReadonlyMap<number, readonly WordRow[]>;
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
/** No beginning is shorter. */
const leastBeginning = 2;
/** Parts by their first two characters; some share a place. */
type PartTable = (Part[] | undefined)[];
const newPartTable = (): PartTable => new Array<Part[] | undefined>(1 << 12).fill(undefined);
const placeOf = (text: string, index: number) =>
  ((text.charCodeAt(index) & 0x3f) << 6) | (text.charCodeAt(index + 1) & 0x3f);
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
  const words = new Map<
    number,
    { text: string; concepts: InjectionConcept[]; rows: Map<number, WordRow[]> }
  >();
  const beginnings = newPartTable();
  const shuffled = new Map<string, InjectionConcept[]>();
  const ends = new Set<number>();
  const glued = newPartTable();
  const wordOf = (text: string) => {
    const word = words.get(hashOf(text)) ?? { text, concepts: [], rows: new Map<number, WordRow[]>() };
    if (word.text !== text) throw new Error(`"${text}" has the hash of "${word.text}".`);
    words.set(hashOf(text), word);
    return word;
  };
  for (const [name, entries] of Object.entries(injectionWords)) {
    const concept = name as InjectionConcept; // a key of the table above
    for (const entry of entries.trim().split(/\s+/)) {
      const folded = foldWords(entry.replace("*", ""));
      const [first = "", ...rest] = folded.split("_");
      const joined = folded.replaceAll("_", "");
      const isUnspaced = unspaced.test(joined);
      if (isUnspaced || joined.length >= leastGlued) add(glued, { text: joined, concept });
      if (isUnspaced) continue;
      if (rest.length > 0) push(wordOf(first).rows, hashOf(rest[0] ?? ""), { rest, concept });
      else if (entry.endsWith("*")) add(beginnings, { text: folded, concept });
      else wordOf(folded).concepts.push(concept);
      if (rest.length > 0 || !scrambled.has(concept) || folded.length < leastScrambled) continue;
      push(shuffled, withInnerSorted(folded), concept);
      ends.add(endsOf(folded, 0, folded.length));
    }
  }
  return {
    known: (hash) => words.get(hash),
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
export const isWordAt = (text: string, { start, end }: WordPlace, word: string): boolean =>
  end - start === word.length && text.startsWith(word, start);

/** The meanings of all parts that stand at `start`, and end by `end`. */
function partsAt(parts: PartTable, text: string, { start, end }: WordPlace): readonly InjectionConcept[] {
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
  parts[place] = [...(parts[place] ?? []), part];
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
