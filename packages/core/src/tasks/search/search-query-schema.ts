import * as z from "zod";
import { once } from "../../once.js";
import { requiredText } from "../required-text.js";
import { limitSchema } from "./limit-schema.js";
import { mostResults } from "./search-result.js";

/** Longest query that is read, UTF-16 characters; the rest is cut off. */
export const mostQueryCharacters = 1000;
/** Results of a request that names no limit. */
export const defaultResults = 10;

/** What both searches take over the wire; unknown keys are dropped. */
export interface SearchQuery {
  readonly query: string;
  readonly limit?: number | undefined;
}

/** Schema of {@link SearchQuery}. */
export const searchQuerySchema = once(
  (): z.ZodType<SearchQuery, SearchQuery> =>
    z.object(
      { query: requiredText("write what to search for"), limit: limitSchema(mostResults).optional() },
      { error: "send an object with a query" },
    ),
);
