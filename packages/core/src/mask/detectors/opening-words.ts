import { type NameCue, nameCues } from "./name-cues.js";
import { tokenPrefixes } from "./token-prefixes.js";
import { type IndexedWord, wordIndex } from "./word-index.js";

/** Words that tell what follows them, by where they stand. */
export interface OpeningWords {
  /** What tokens begin with, and the form of the rest. */
  readonly prefixes: readonly IndexedWord<RegExp>[];
  readonly cues: readonly IndexedWord<NameCue>[];
}

/** The longest prefix first: it decides. */
const prefixes = tokenPrefixes
  .map(([prefix, rest]) => [prefix, new RegExp(rest, "y")] as const)
  .sort(([left], [right]) => right.length - left.length);
const cues = nameCues.flatMap((cue) => cue.words.split("|").map((word) => [word, cue] as const));
const wordsIn = wordIndex<RegExp | NameCue>([...prefixes, ...cues]);

/** Finds all of them at once: to read a text for each kind would cost as much again. */
export function openingWords(text: string): OpeningWords {
  const found = { prefixes: [] as IndexedWord<RegExp>[], cues: [] as IndexedWord<NameCue>[] };
  for (const { index, word, entry } of wordsIn(text)) {
    if (entry instanceof RegExp) found.prefixes.push({ index, word, entry });
    else found.cues.push({ index, word, entry });
  }
  return found;
}
