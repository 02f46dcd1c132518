import type { Ranked } from "./rank-by-words.js";

/**
 * Says how good hits are beside the best one, in their order: what a hit shares with the query, by words or by likeness,
 * and no more than the hit before it. Ranks would tell only who is first: neighbours in a list are always close.
 */
export function gradeHits(
  hits: readonly Ranked[],
  evidence: { readonly byWords: readonly Ranked[]; readonly likeness: Float32Array },
): Ranked[] {
  const best = evidence.byWords[0]?.score ?? 1;
  const words = new Map(evidence.byWords.map(({ slot, score }) => [slot, score / best]));
  let before = 1;
  return hits.map(({ slot }) => {
    const likeness = Math.min(1, Math.max(0, evidence.likeness[slot] ?? 0));
    before = Math.min(before, Math.max(words.get(slot) ?? 0, likeness));
    return { slot, score: before };
  });
}
