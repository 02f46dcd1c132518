import { undisguise } from "./fold-words.js";
import type { InjectionConcept } from "./injection-words.js";
import { splitWords, unspacedStep, type Word } from "./split-words.js";
import { createWordLexicon, type KnownWord, type WordLexicon, type WordRow } from "./word-lexicon.js";

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
  readonly words: readonly Word[];
  readonly lexicon: WordLexicon;
  readonly hits: Map<InjectionConcept, ConceptHit[]>;
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
  const words = splitWords(folded);
  const reading: Reading = { words, lexicon, hits: new Map(), disguised: 0, harmlessUntil: 0 };
  words.forEach((word, index) => {
    readWord(word, index, reading);
  });
  for (const joined of spelledOut(words)) if (noteGlued(joined, reading) > 0) reading.disguised += 1;
  for (const each of reading.hits.values()) if (each.length > 1) each.sort((one, other) => one.at - other.at);
  return reading;
}

function readWord(word: Word, index: number, reading: Reading): void {
  const { words, lexicon, hits } = reading;
  const { text, at, isUnspaced } = word;
  const known = lexicon.known(text);
  const rows = known === undefined ? noRows : rowsAt(words, index, known);
  if (rows.length > 0) {
    const harmless = rows.find(({ concept }) => concept === "harmless");
    if (harmless !== undefined) reading.harmlessUntil = index + 1 + harmless.rest.length;
  }
  if (index < reading.harmlessUntil) return;
  const plain = word.isOdd ? undisguise(text) : text;
  const whole = (plain === text ? known : lexicon.known(plain))?.concepts ?? noConcepts;
  const begun = lexicon.ofBeginning(plain);
  const isWord = whole.length > 0 || begun.length > 0;
  const isKnown = isWord || rows.length > 0;
  const mixedUp = isKnown ? noConcepts : lexicon.ofScrambled(plain);
  for (const concept of whole) note(hits, concept, { at, word: plain });
  for (const concept of begun) note(hits, concept, { at, word: plain });
  for (const { concept } of rows) note(hits, concept, { at, word: plain });
  for (const concept of mixedUp) note(hits, concept, { at, word: plain });
  if (mixedUp.length > 0 || (isKnown && plain !== text)) reading.disguised += 1;
  if (isUnspaced) noteGlued(word, reading);
  else if (plain.length >= (isWord ? surelyGluedLength : gluedLength))
    if (noteGlued({ ...word, text: plain }, reading) > 1) reading.disguised += 1;
}

/** The rows that begin with a word and go on as the text does. */
function rowsAt(words: readonly Word[], index: number, { rows }: KnownWord): readonly WordRow[] {
  const begun = rows.get(words[index + 1]?.text ?? "");
  if (begun === undefined) return noRows;
  return begun.filter(({ rest }) => rest.every((word, offset) => words[index + 1 + offset]?.text === word));
}

function note(hits: Reading["hits"], concept: InjectionConcept, hit: ConceptHit): void {
  const known = hits.get(concept);
  if (known === undefined) hits.set(concept, [hit]);
  else known.push(hit);
}

type GluedWord = Omit<Word, "isOdd">;

/** How many places of a text without spaces mean something. */
function noteGlued({ text, at, isUnspaced }: GluedWord, { hits, lexicon }: Reading): number {
  const step = isUnspaced ? unspacedStep : gluedStep;
  const length = isUnspaced ? text.length : Math.min(text.length, longestGlued);
  let found = 0;
  for (let index = 0; index < length; index += 1) {
    const concepts = lexicon.within(text, index);
    if (concepts.length > 0) found += 1;
    for (const concept of concepts)
      note(hits, concept, { at: at + index * step, word: text.slice(index, index + 4) });
  }
  return found;
}

/** Words written as `i g n o r e`. */
function spelledOut(words: readonly Word[]): GluedWord[] {
  const found: GluedWord[] = [];
  let from = 0;
  for (let index = 0; index <= words.length; index += 1) {
    if (words[index]?.text.length === 1) continue;
    if (index - from >= leastSpelledOut) found.push(joined(words.slice(from, index)));
    from = index + 1;
  }
  return found;
}

const joined = (letters: readonly Word[]): GluedWord => ({
  text: letters.map(({ text }) => text).join(""),
  at: letters[0]?.at ?? 0,
  isUnspaced: letters.some(({ isUnspaced }) => isUnspaced),
});
