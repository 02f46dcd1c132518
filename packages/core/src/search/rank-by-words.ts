import type { CallerView } from "./caller-view.js";
import type { QueryTerm } from "./query-terms.js";
import type { WordIndex } from "./word-index.js";

/** A document and how well it fits. */
export interface Ranked {
  readonly slot: number;
  readonly score: number;
}

/** What is ranked. */
export interface WordSearch {
  readonly index: WordIndex;
  readonly view: CallerView;
  /** Asked once for each document that has a word of the query. */
  readonly keeps: (slot: number) => boolean;
}

// BM25's constants: how soon repeating a word stops to count, and how much a long document is held against it.
const saturation = 1.5;
const lengthWeight = 0.75;

/** What the very form of the word is worth on top, as a part of the best that a word can gain: order among equals. */
const sameFormWorth = 0.03;

/** The documents that hold a word of the query, best first. */
export function rankByWords(terms: readonly QueryTerm[], { index, view, keeps }: WordSearch): Ranked[] {
  const scores = new Map<number, number>();
  const kept = new Map<number, boolean>();
  const isKept = (slot: number) => {
    const known = kept.get(slot) ?? keeps(slot);
    kept.set(slot, known);
    return known;
  };
  for (const { word, standIns, rarity, readAs } of terms) {
    const best = new Map<number, number>();
    for (const { stem, weight } of standIns) {
      const { slots = [], counts = [] } = index.find(stem) ?? {};
      for (const [at, slot] of slots.entries()) {
        if (!view.isVisible(slot) || !isKept(slot)) continue;
        const norm =
          saturation * (1 - lengthWeight + (lengthWeight * index.lengthOf(slot)) / view.averageLength);
        const count = counts[at] ?? 0;
        const gain = (weight * rarity * count * (saturation + 1)) / (count + norm);
        if (gain > (best.get(slot) ?? 0)) best.set(slot, gain);
      }
    }
    const sameForm = best.size === 0 ? [] : (index.vocabulary.get(readAs ?? word)?.slots ?? []);
    for (const slot of sameForm) {
      const gain = best.get(slot);
      if (gain !== undefined) best.set(slot, gain + sameFormWorth * rarity);
    }
    for (const [slot, gain] of best) scores.set(slot, (scores.get(slot) ?? 0) + gain);
  }
  return [...scores]
    .map(([slot, score]) => ({ slot, score }))
    .sort((left, right) => right.score - left.score || left.slot - right.slot);
}
