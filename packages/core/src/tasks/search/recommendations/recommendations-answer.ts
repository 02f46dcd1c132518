import { itemSummary } from "../item-summary.js";
import { reorderByIds } from "../reorder-by-ids.js";
import { type RankedItem, type RecommendationRun, rankRecommendations } from "./rank-recommendations.js";
import type {
  RecommendationsInput,
  RecommendationsOutput,
  RecommendationWording,
} from "./recommendations-schema.js";

/** How many items a model may choose from. */
export const mostCandidates = 10;
/** Recommendations of a request that names no limit. */
export const defaultLimit = 5;

/** The candidates of a request, at least as many as a model may choose from. */
export function findRecommendations(
  run: RecommendationRun,
  input: RecommendationsInput,
): Promise<RankedItem[]> {
  return rankRecommendations(run, input, Math.max(input.limit ?? defaultLimit, mostCandidates));
}

/** The best items, in the order and with the words of a model when there are some. */
export async function recommendationsAnswer(
  run: RecommendationRun,
  input: RecommendationsInput,
  wording: RecommendationWording = { recommendations: [] },
): Promise<RecommendationsOutput> {
  const found = await findRecommendations(run, input);
  const worded = wording.recommendations;
  const ids = worded.map(({ id }) => id);
  const ranked = [
    ...reorderByIds(found.slice(0, mostCandidates), ids, ({ item }) => item.id),
    ...found.slice(mostCandidates),
  ];
  return {
    recommendations: ranked.slice(0, input.limit ?? defaultLimit).map(({ item, reason }, place) => {
      const words = worded.find(({ id }) => id === item.id)?.reason;
      // A place keeps its score, so that scores descend in any order.
      return { ...itemSummary(item, found[place]?.score ?? 0), reason: sentenceIn(words) ?? reason };
    }),
  };
}

/** A model's reason on one line, when it is no more than one sentence. */
function sentenceIn(words: string | undefined): string | undefined {
  const line = words?.trim().replace(/\s+/gu, " ") ?? "";
  return line === "" || /[.!?] \p{Lu}/u.test(line) ? undefined : line;
}
