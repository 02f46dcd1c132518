import { foldWords, undisguise } from "./fold-words.js";
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

interface Word {
  readonly text: string;
  readonly at: number;
}

/** Lazily, so that a program that never looks pays nothing. */
let lexicon: WordLexicon | undefined;

/** Finds the meanings of {@link InjectionConcept} in a text, in time linear in its length. */
export function readConcepts(text: string): ReadConcepts {
  lexicon ??= createWordLexicon();
  const hits = new Map<InjectionConcept, ConceptHit[]>();
  let disguised = 0;
  const note = (concepts: readonly InjectionConcept[], at: number, word: string) => {
    for (const concept of concepts) {
      const known = hits.get(concept);
      if (known === undefined) hits.set(concept, [{ at, word }]);
      else known.push({ at, word });
    }
    return concepts.length > 0;
  };
  const words = splitWords(foldWords(text));
  let harmlessUntil = 0;
  for (const [index, { text: word, at }] of words.entries()) {
    const plain = undisguise(word);
    const rows = rowsAt(words, index, lexicon);
    const harmless = rows.find(({ concept }) => concept === "harmless");
    if (harmless !== undefined) harmlessUntil = index + 1 + harmless.rest.length;
    if (index < harmlessUntil) continue;
    const found = note(lexicon.ofWord(plain), at, plain);
    const row = note(
      rows.map(({ concept }) => concept),
      at,
      plain,
    );
    const mixedUp = !found && !row && note(lexicon.ofScrambled(plain), at, plain);
    if (mixedUp || (plain !== word && (found || row))) disguised += 1;
    if (unspaced.test(word)) noteGlued(word, at, { note, lexicon });
    else if (
      plain.length >= (found ? surelyGluedLength : gluedLength) &&
      noteGlued(plain, at, { note, lexicon }) > 1
    )
      disguised += 1;
  }
  for (const { text: joined, at } of spelledOut(words))
    if (noteGlued(joined, at, { note, lexicon }) > 0) disguised += 1;
  for (const each of hits.values()) each.sort((one, other) => one.at - other.at);
  return { hits, disguised };
}

function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  for (const [part] of text.matchAll(wordOrEnd)) {
    if (/^[.!?\n;。！？]$/.test(part)) {
      at += sentenceGap;
      continue;
    }
    words.push({ text: part, at });
    at += unspaced.test(part) ? part.length * unspacedStep : 1;
  }
  return words;
}

function rowsAt(words: readonly Word[], index: number, { rowsFrom }: WordLexicon): readonly WordRow[] {
  return rowsFrom(words[index]?.text ?? "").filter(({ rest }) =>
    rest.every((word, offset) => words[index + 1 + offset]?.text === word),
  );
}

type Noting = {
  readonly note: (concepts: readonly InjectionConcept[], at: number, word: string) => boolean;
  readonly lexicon: WordLexicon;
};

/** How many places of a text without spaces mean something. */
function noteGlued(text: string, at: number, { note, lexicon }: Noting): number {
  const step = unspaced.test(text) ? unspacedStep : gluedStep;
  let found = 0;
  const length = unspaced.test(text) ? text.length : Math.min(text.length, longestGlued);
  for (let index = 0; index < length; index += 1) {
    const concepts = lexicon.within(text, index);
    if (concepts.length > 0 && note(concepts, at + index * step, text.slice(index, index + 4))) found += 1;
  }
  return found;
}

/** Words written as `i g n o r e`. */
function spelledOut(words: readonly Word[]): Word[] {
  const found: Word[] = [];
  let letters: Word[] = [];
  const close = () => {
    const [first] = letters;
    if (first !== undefined && letters.length >= leastSpelledOut)
      found.push({ text: letters.map(({ text }) => text).join(""), at: first.at });
    letters = [];
  };
  for (const word of words) {
    if (word.text.length === 1) letters.push(word);
    else close();
  }
  close();
  return found;
}
