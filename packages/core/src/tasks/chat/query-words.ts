import { joinPhrases } from "./join-phrases.js";
import { stem } from "./stem.js";

const stopWords = new Set(
  `a about able am an and any anybody anyone anything are as at be been better between but by can compare compared could did difference differences do does doing don't everybody everyone everything exactly explain for from get
  give got had has have having hello help helps hey hi how i i'd i'm if in into is it it's its just know let like make
  may me mean might mine more most my need no not now of off ok on one only or our out please question really say see
  shall should show so some somebody someone something tell than thank thanks that that's the their them then there these they
  thing things this those to too understand up us use using versus very vs want was way we well were what what's when where
  whether which while who why will with work works would yes you you're your yours`.split(/\s+/u),
);

const placeholder = /^\[/u;
const words = /\[[A-Z][A-Z0-9_a-z]{2,60}\]|[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu;

/** The words of a text, lower case. Placeholders of masked values are left out: they say nothing about the topic. */
export const wordsOf = (text: string): string[] =>
  (text.match(words) ?? [])
    .filter((word) => !placeholder.test(word))
    .map((word) => word.toLowerCase().replace("’", "'"));

/** The stems of the words that carry meaning, each once, in order. */
export const stemsOf = (text: string): string[] => [...new Set(allStemsOf(text))];

/** The stems of the words that carry meaning, as often as they occur. */
export const allStemsOf = (text: string): string[] =>
  joinPhrases(wordsOf(text))
    .filter((word) => !stopWords.has(word))
    .map(stem);
