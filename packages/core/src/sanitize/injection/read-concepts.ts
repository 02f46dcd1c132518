import { undisguise } from "./fold-words.js";
import type { InjectionConcept } from "./injection-words.js";
import { createWordLexicon, unspaced, type WordLexicon, type WordRow } from "./word-lexicon.js";

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

/** How far a sentence's end puts words apart. */
const sentenceGap = 3;
/** What part of a word a character of a text without spaces is. */
const unspacedStep = 0.5;
const gluedStep = 0.2;
/** From these lengths on a word may be several that were joined: one that means nothing, and any. */
const gluedLength = 11;
const surelyGluedLength = 16;
/** Nobody joins more words than that; a longer run of letters is data. */
const longestGlued = 500;
const leastSpelledOut = 5;
const wordOrEnd = /[\p{L}\p{N}@$]+|[.!?\n;。！？]/gu;
const sentenceEnds: ReadonlySet<string> = new Set(".!?\n;。！？");

interface Word {
  readonly text: string;
  readonly at: number;
  /** Whether it is of a script that is written without spaces. */
  readonly isUnspaced: boolean;
}

/** What has been found, and where to look. */
interface Reading {
  readonly hits: Map<InjectionConcept, ConceptHit[]>;
  readonly lexicon: WordLexicon;
}

/** Lazily, so that a program that never looks pays nothing. */
let lexicon: WordLexicon | undefined;

/** Finds the meanings of {@link InjectionConcept} in a folded text, in time linear in its length. */
export function readConcepts(folded: string): ReadConcepts {
  lexicon ??= createWordLexicon();
  const reading: Reading = { hits: new Map(), lexicon };
  const words = splitWords(folded);
  let disguised = 0;
  let harmlessUntil = 0;
  for (const [index, word] of words.entries()) {
    const rows = rowsAt(words, index, lexicon);
    const harmless = rows.find(({ concept }) => concept === "harmless");
    if (harmless !== undefined) harmlessUntil = index + 1 + harmless.rest.length;
    if (index >= harmlessUntil) disguised += readWord(word, rows, reading);
  }
  for (const joined of spelledOut(words)) if (noteGlued(joined, reading) > 0) disguised += 1;
  for (const each of reading.hits.values()) each.sort((one, other) => one.at - other.at);
  return { hits: reading.hits, disguised };
}

function splitWords(text: string): Word[] {
  const mayBeUnspaced = unspaced.test(text);
  const words: Word[] = [];
  let at = 0;
  for (const part of text.match(wordOrEnd) ?? []) {
    if (sentenceEnds.has(part)) {
      at += sentenceGap;
      continue;
    }
    const isUnspaced = mayBeUnspaced && unspaced.test(part);
    words.push({ text: part, at, isUnspaced });
    at += isUnspaced ? part.length * unspacedStep : 1;
  }
  return words;
}

function rowsAt(words: readonly Word[], index: number, { rowsFrom }: WordLexicon): readonly WordRow[] {
  const rows = rowsFrom(words[index]?.text ?? "", words[index + 1]?.text ?? "");
  if (rows.length === 0) return rows;
  return rows.filter(({ rest }) => rest.every((word, offset) => words[index + 1 + offset]?.text === word));
}

/** Notes what one word means, by itself and as the first of rows. Returns how often it was disguised. */
function readWord(word: Word, rows: readonly WordRow[], { hits, lexicon }: Reading): number {
  const { at, isUnspaced } = word;
  const plain = undisguise(word.text);
  const meanings = lexicon.ofWord(plain);
  const isKnown = meanings.length > 0 || rows.length > 0;
  const mixedUp = isKnown ? [] : lexicon.ofScrambled(plain);
  for (const concept of meanings) note(hits, concept, { at, word: plain });
  for (const { concept } of rows) note(hits, concept, { at, word: plain });
  for (const concept of mixedUp) note(hits, concept, { at, word: plain });
  const isDisguised = mixedUp.length > 0 || (isKnown && plain !== word.text);
  const mayBeGlued = plain.length >= (meanings.length > 0 ? surelyGluedLength : gluedLength);
  if (isUnspaced) noteGlued(word, { hits, lexicon });
  else if (mayBeGlued && noteGlued({ ...word, text: plain }, { hits, lexicon }) > 1)
    return isDisguised ? 2 : 1;
  return isDisguised ? 1 : 0;
}

function note(hits: Reading["hits"], concept: InjectionConcept, hit: ConceptHit): void {
  const known = hits.get(concept);
  if (known === undefined) hits.set(concept, [hit]);
  else known.push(hit);
}

/** How many places of a text without spaces mean something. */
function noteGlued({ text, at, isUnspaced }: Word, { hits, lexicon }: Reading): number {
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
function spelledOut(words: readonly Word[]): Word[] {
  const found: Word[] = [];
  let from = 0;
  for (let index = 0; index <= words.length; index += 1) {
    if (words[index]?.text.length === 1) continue;
    if (index - from >= leastSpelledOut) found.push(joined(words.slice(from, index)));
    from = index + 1;
  }
  return found;
}

const joined = (letters: readonly Word[]): Word => ({
  text: letters.map(({ text }) => text).join(""),
  at: letters[0]?.at ?? 0,
  isUnspaced: letters.some(({ isUnspaced }) => isUnspaced),
});
