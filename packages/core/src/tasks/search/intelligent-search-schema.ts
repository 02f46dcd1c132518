import * as z from "zod";
import { once } from "../../once.js";
import { requiredText } from "../required-text.js";
import { type SearchResult, searchResultsSchema } from "./search-result.js";

/** What to look for, as it comes over the wire. */
export interface IntelligentSearchInput {
  /** Words with filters among them: "open invoices from Anna since March". Cut after 1,000 characters. */
  readonly query: string;
  /** Most results, 1 to 50. @default 10 */
  readonly limit?: number | undefined;
}

/** A query taken apart. A filter that is absent excludes nothing. */
export interface StructuredQuery {
  /** The words that are not filters; may be empty. */
  readonly text: string;
  /** As the documents write it. */
  readonly type?: string | undefined;
  /** As the documents write it. */
  readonly owner?: string | undefined;
  /** As the documents write it. */
  readonly status?: string | undefined;
  /** First day, `YYYY-MM-DD`, inclusive, UTC. */
  readonly from?: string | undefined;
  /** Last day, `YYYY-MM-DD`, inclusive, UTC. */
  readonly to?: string | undefined;
}

/** A filter of a {@link StructuredQuery}; `date` is `from` and `to`. */
export type FilterName = "type" | "owner" | "status" | "date";

/** What can be left out of a query. */
export type QueryPart = FilterName | "text";

/** How the query was read, and what was found. */
export interface IntelligentSearchOutput {
  /** What the results fit. */
  readonly structured_query: StructuredQuery;
  /** Best first; empty when nothing fits. */
  readonly results: readonly SearchResult[];
  /** One or two sentences for the user: how the query was read and, when something was left out, what. */
  readonly explanation: string;
  /** What was read in the query but left nothing, so the results were found without it. @default none */
  readonly left_out?: readonly QueryPart[] | undefined;
}

/** What a model writes: its reading of the query. `null` stands for no filter. */
export interface QueryReading {
  readonly text: string;
  readonly type?: string | null | undefined;
  /** `me` for the caller's own. */
  readonly owner?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
}

/** Schema of {@link IntelligentSearchOutput}. */
export const intelligentSearchOutputSchema = once(
  (): z.ZodType<IntelligentSearchOutput, IntelligentSearchOutput> => {
    const day = z.iso.date();
    const value = z.string().min(1).max(200);
    return z.object({
      structured_query: z
        .object({
          text: z.string(),
          type: value.optional(),
          owner: value.optional(),
          status: value.optional(),
          from: day.optional(),
          to: day.optional(),
        })
        .refine(({ from = "", to = "9999" }) => from <= to, { error: "from must not be after to" }),
      results: searchResultsSchema(),
      explanation: requiredText("the explanation is empty").max(600),
      left_out: z
        .array(z.enum(["type", "owner", "status", "date", "text"]))
        .min(1)
        .max(5)
        .optional(),
    });
  },
);

/** Schema of {@link QueryReading}. */
export const queryReadingSchema = once((): z.ZodType<QueryReading, QueryReading> => {
  const written = z.string().max(200).nullish();
  return z.object({
    text: z.string().max(1000),
    type: written,
    owner: written,
    status: written,
    from: written,
    to: written,
  });
});
