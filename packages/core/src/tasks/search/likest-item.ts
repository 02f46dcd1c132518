import { stopWords } from "../../search/stop-words.js";
import { tokenize } from "../../search/tokenize.js";
import type { SearchItem } from "./search-item.js";
import { valueKey } from "./value-lookup.js";

/** Enough of a text to tell it from a few others. */
const mostCharacters = 500;
/** A word of both titles says as much as three of the texts. */
const titleWeight = 3;

/**
 * The item that shares most words with the given one, by their number in each; the first of equals. For naming one of
 * a few: an index finds out of many.
 */
export function likestItem(item: SearchItem, others: readonly SearchItem[]): SearchItem | undefined {
  const words = wordsOf(item);
  let best: { readonly other: SearchItem; readonly share: number } | undefined;
  for (const other of others) {
    const theirs = wordsOf(other);
    const share = sharedWeight(words, theirs) / Math.sqrt(Math.max(1, theirs.size));
    if (best === undefined || share > best.share) best = { other, share };
  }
  return best?.other;
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
