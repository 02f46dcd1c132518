import { undisguise } from "./fold-words.js";
import type { InjectionConcept } from "./injection-words.js";
import { hashOf, splitWords, unspacedStep, type Word } from "./split-words.js";
import {
  createWordLexicon,
  isWordAt,
  type WordLexicon,
  type WordPlace,
  type WordRow,
} from "./word-lexicon.js";

/** Where a meaning occurs, counted in words. */
export interface ConceptHit {
  readonly at: number;
  /** What was written, to count different words. */
  readonly word: string;
}

/** What a text speaks of. */
export interface ReadConcepts {
  readonly hits: ReadonlyMap<InjectionConcept, readonly ConceptHit[]>;
  /** Words that were found only after their disguise was taken off. */
  readonly disguised: number;
  /** Whether it has signs that stand in forged templates. */
  readonly hasFormSigns: boolean;
}

const gluedStep = 0.2;
/** From these lengths on a word may be several that were joined: one that means nothing, and any. */
const gluedLength = 11;
const surelyGluedLength = 16;
/** Nobody joins more words than that; a longer run of letters is data. */
const longestGlued = 500;
const leastSpelledOut = 5;

/** How far the reading of one text has come. */
interface Reading {
  readonly folded: string;
  readonly words: readonly Word[];
  readonly lexicon: WordLexicon;
  readonly hits: Map<InjectionConcept, ConceptHit[]>;
  /** Whether hits within words were noted: they stand behind those of later words. */
  isMixed: boolean;
  disguised: number;
  /** The words before this one are part of a row that is harmless. */
  harmlessUntil: number;
}

const noConcepts: readonly InjectionConcept[] = [];
const noRows: readonly WordRow[] = [];
/** Lazily, so that a program that never looks pays nothing. */
let lexicon: WordLexicon | undefined;

/** Finds the meanings of {@link InjectionConcept} in a folded text, in time linear in its length. */
export function readConcepts(folded: string): ReadConcepts {
  lexicon ??= createWordLexicon();
  const { words, hasFormSigns } = splitWords(folded);
  const reading: Reading = {
    folded,
    words,
    lexicon,
    hits: new Map(),
    isMixed: false,
    disguised: 0,
    harmlessUntil: 0,
  };
  let index = 0;
  for (const word of words) readWord(word, index++, reading);
  for (const joined of spelledOut(folded, words)) if (noteGlued(joined, reading) > 0) reading.disguised += 1;
  if (reading.isMixed) for (const each of reading.hits.values()) each.sort((one, other) => one.at - other.at);
  return { hits: reading.hits, disguised: reading.disguised, hasFormSigns };
}

function readWord(word: Word, index: number, reading: Reading): void {
  const { folded, lexicon, hits } = reading;
  const rows = rowsAt(reading, index);
  if (rows.length > 0) {
    const harmless = rows.find(({ concept }) => concept === "harmless");
    if (harmless !== undefined) reading.harmlessUntil = index + harmless.words.length;
  }
  if (index < reading.harmlessUntil) return;
  const plain = word.isOdd ? plainForm(folded, word) : undefined;
  const text = plain ?? folded;
  const place: WordPlace = plain === undefined ? word : { start: 0, end: plain.length, hash: hashOf(plain) };
  const whole = lexicon.ofWord(text, place);
  const begun = lexicon.ofBeginning(text, place);
  const isWord = whole.length > 0 || begun.length > 0;
  const isKnown = isWord || rows.length > 0;
  const mixedUp = isKnown ? noConcepts : lexicon.ofScrambled(text, place);
  if (isKnown || mixedUp.length > 0) {
    const hit: ConceptHit = { at: word.at, word: text.slice(place.start, place.end) };
    for (const concept of whole) note(hits, concept, hit);
    for (const concept of begun) note(hits, concept, hit);
    for (const { concept } of rows) note(hits, concept, hit);
    for (const concept of mixedUp) note(hits, concept, hit);
  }
  if (mixedUp.length > 0 || (isKnown && plain !== undefined)) reading.disguised += 1;
  const { at, isUnspaced } = word;
  if (isUnspaced) noteGlued({ text: folded.slice(word.start, word.end), at, isUnspaced }, reading);
  else if (place.end - place.start >= (isWord ? surelyGluedLength : gluedLength)) {
    const glued = { text: text.slice(place.start, place.end), at, isUnspaced };
    if (noteGlued(glued, reading) > 1) reading.disguised += 1;
  }
}

/** What a word is to be read as, when it is disguised. */
function plainForm(folded: string, { start, end }: Word): string | undefined {
  const written = folded.slice(start, end);
  const plain = undisguise(written);
  return plain === written ? undefined : plain;
}

/** The rows that begin with a word and go on as the text does. */
function rowsAt({ folded, words, lexicon }: Reading, index: number): readonly WordRow[] {
  const first = words[index];
  const second = words[index + 1];
  if (first === undefined || second === undefined) return noRows;
  const begun = lexicon.rowsOf(first.hash, second.hash);
  if (begun.length === 0) return noRows;
  return begun.filter((row) =>
    row.words.every((part, offset) => {
      const word = words[index + offset];
      return word !== undefined && isWordAt(folded, word, part);
    }),
  );
}

function note(hits: Reading["hits"], concept: InjectionConcept, hit: ConceptHit): void {
  const known = hits.get(concept);
  if (known === undefined) hits.set(concept, [hit]);
  else known.push(hit);
}

type GluedWord = Pick<Word, "at" | "isUnspaced"> & { readonly text: string };

/** How many places of a text without spaces mean something. */
function noteGlued({ text, at, isUnspaced }: GluedWord, reading: Reading): number {
  const { hits, lexicon } = reading;
  const step = isUnspaced ? unspacedStep : gluedStep;
  const length = isUnspaced ? text.length : Math.min(text.length, longestGlued);
  let found = 0;
  for (let index = 0; index < length; index += 1) {
    const concepts = lexicon.within(text, index);
    if (concepts.length > 0) found += 1;
    for (const concept of concepts)
      note(hits, concept, { at: at + index * step, word: text.slice(index, index + 4) });
  }
  if (found > 0) reading.isMixed = true;
  return found;
}

/** Words written as `i g n o r e`. */
function spelledOut(folded: string, words: readonly Word[]): GluedWord[] {
  const found: GluedWord[] = [];
  let from = 0;
  for (let index = 0; index <= words.length; index += 1) {
    const word = words[index];
    if (word !== undefined && word.end - word.start === 1) continue;
    if (index - from >= leastSpelledOut) found.push(joined(folded, words.slice(from, index)));
    from = index + 1;
  }
  return found;
}

const joined = (folded: string, letters: readonly Word[]): GluedWord => ({
  text: letters.map(({ start }) => folded.charAt(start)).join(""),
  at: letters[0]?.at ?? 0,
  isUnspaced: letters.some(({ isUnspaced }) => isUnspaced),
});
