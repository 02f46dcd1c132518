import { stopWords } from "../../../search/stop-words.js";
import { tokenize } from "../../../search/tokenize.js";
import { valueKey } from "../filters/value-lookup.js";
import type { SearchItem } from "../search-item.js";

/** Enough of a text to tell it from a few others. */
const mostCharacters = 500;
/** A word of both titles says as much as three of the texts. */
const titleWeight = 3;

/**
 * Finds the one of a few items that shares most words with a given one, by their number in each; the first of equals.
 * An index finds out of many. The few are read when they are first needed.
 */
export function createClosestItemFinder(
  others: readonly SearchItem[],
): (item: SearchItem) => SearchItem | undefined {
  let read:
    | readonly { readonly other: SearchItem; readonly words: ReadonlyMap<string, number> }[]
    | undefined;
  return (item) => {
    read ??= others.map((other) => ({ other, words: wordsOf(other) }));
    const words = wordsOf(item);
    let best: { readonly other: SearchItem; readonly share: number } | undefined;
    for (const { other, words: theirs } of read) {
      const share = sharedWeight(words, theirs) / Math.sqrt(Math.max(1, theirs.size));
      if (best === undefined || share > best.share) best = { other, share };
    }
    return best?.other;
  };
}

function wordsOf({ title = "", text }: SearchItem): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  const add = (from: string, weight: number) => {
    for (const { word } of tokenize(from)) if (!stopWords.has(word)) words.set(valueKey(word), weight);
  };
  add(text.slice(0, mostCharacters), 1);
  add(title.slice(0, mostCharacters), titleWeight);
  return words;
}

function sharedWeight(words: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [word, weight] of words) sum += Math.min(weight, others.get(word) ?? 0);
  return sum;
}
