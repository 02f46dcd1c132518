import type { Ranked } from "./rank-by-words.js";

/** A list of documents, best first, and what its opinion counts. */
export interface Ranking {
  readonly ranked: readonly Ranked[];
  readonly weight: number;
}

/** How slowly a rank loses worth: with more, the second counts nearly as much as the first. */
const flatness = 20;

/**
 * Reciprocal rank fusion: a document's score is the sum of what its rank in each list is worth. Only ranks count, so
 * lists with different kinds of scores can be joined. Scores are 0 to 1; 1 is the first of every list.
 */
export function fuseRanks(rankings: readonly Ranking[]): Ranked[] {
  const scores = new Map<number, number>();
  const possible = rankings.reduce((sum, { weight }) => sum + weight, 0) / (flatness + 1);
  for (const { ranked, weight } of rankings) {
    let rank = 0;
    for (const [at, { slot, score }] of ranked.entries()) {
      // Equal scores share a rank: their order says nothing.
      if (score !== ranked[at - 1]?.score) rank = at;
      scores.set(slot, (scores.get(slot) ?? 0) + weight / (flatness + 1 + rank) / possible);
    }
  }
  return [...scores]
    .map(([slot, score]) => ({ slot, score: Math.min(1, score) }))
    .sort((left, right) => right.score - left.score || left.slot - right.slot);
}
