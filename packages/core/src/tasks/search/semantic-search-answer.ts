import type { TaskContext } from "../../define-task.js";
import type { Caller } from "../../pipeline/task-call.js";
import type { SearchHit } from "../../search/search-index.js";
import type { ItemIndex } from "./item-index.js";
import { reorderByIds } from "./reorder-by-ids.js";
import type { SearchItem } from "./search-item.js";
import { defaultResults } from "./search-query-schema.js";
import type { SearchRanking, SemanticSearchInput, SemanticSearchOutput } from "./semantic-search-schema.js";
import { toSearchResult } from "./to-search-result.js";

/** How many documents a model ranks. */
export const mostCandidates = 12;
const mostCorrections = 20;

/** A search for somebody. */
export interface AskedSearch {
  readonly index: ItemIndex;
  readonly input: SemanticSearchInput;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  readonly known: TaskContext["known"];
}

/** What the index finds, at least as much as a model may rank. */
export async function findCandidates(asked: AskedSearch): Promise<readonly SearchHit<SearchItem>[]> {
  const { index, input, caller, signal, known } = asked;
  const limit = Math.max(input.limit ?? defaultResults, mostCandidates);
  return await index.search(input.query, { limit, caller, signal, known });
}

/** What the index finds, in the order of the ranking when there is one. */
export async function semanticSearchAnswer(
  asked: AskedSearch,
  { ranking }: SearchRanking = { ranking: [] },
): Promise<SemanticSearchOutput> {
  const { index, input, caller } = asked;
  const hits = await findCandidates(asked);
  const ranked = [
    ...reorderByIds(hits.slice(0, mostCandidates), ranking, ({ id }) => id),
    ...hits.slice(mostCandidates),
  ];
  const results = ranked
    .slice(0, input.limit ?? defaultResults)
    // A place keeps its score, so that scores descend in any order.
    .map((hit, place) => toSearchResult({ ...hit, score: hits[place]?.score ?? 0 }));
  return {
    results,
    corrections: [...index.corrections(input.query, { caller })]
      .slice(0, mostCorrections)
      .map(({ from, to }) => ({ from, to })),
    ...(results.length === 0 ? { hint: hintFor(input.query) } : {}),
  };
}

const hintFor = (query: string) =>
  /[\p{L}\p{N}]/u.test(query)
    ? "Nothing was found. Try fewer words, or other words for the same thing."
    : "Nothing was found. Write at least one word to search for.";
