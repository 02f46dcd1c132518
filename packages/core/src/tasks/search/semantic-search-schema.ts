import * as z from "zod";
import { once } from "../../once.js";
import { type SearchResult, searchResultsSchema } from "./search-result.js";

/** What to look for, as it comes over the wire. */
export interface SemanticSearchInput {
  /** Words, a phrase or a question. Cut after 1,000 characters. */
  readonly query: string;
  /** Most results, 1 to 50. @default 10 */
  readonly limit?: number | undefined;
}

/** A word of the query that was read as another one. */
export interface QueryCorrection {
  readonly from: string;
  readonly to: string;
}

/** What was found. */
export interface SemanticSearchOutput {
  /** Best first; empty when nothing fits. */
  readonly results: readonly SearchResult[];
  /** Misspelt words and how they were read; usually empty. */
  readonly corrections: readonly QueryCorrection[];
  /** When there are no results: a sentence for the user that says what to try. */
  readonly hint?: string | undefined;
}

/** What a model writes about the candidates. */
export interface SearchRanking {
  /** Ids of the documents that answer the query, best first. */
  readonly ranking: readonly string[];
}

/** Schema of {@link SemanticSearchOutput}. */
export const semanticSearchOutputSchema = once(
  (): z.ZodType<SemanticSearchOutput, SemanticSearchOutput> =>
    z.object({
      results: searchResultsSchema(),
      corrections: z.array(z.object({ from: z.string().min(1), to: z.string().min(1) })).max(50),
      hint: z.string().min(1).max(300).optional(),
    }),
);

/** Schema of {@link SearchRanking}. */
export const searchRankingSchema = once(
  (): z.ZodType<SearchRanking, SearchRanking> =>
    z.object({
      ranking: z.array(z.string()).max(20),
    }),
);
