import type { AccessRule } from "../../authorize/access-rule.js";
import { type Clock, systemClock } from "../../clock.js";
import { defineTask, type Task } from "../../define-task.js";
import { checkItemIndex } from "./check-item-index.js";
import type { SearchVocabulary } from "./filters/known-values.js";
import {
  type IntelligentSearchInput,
  type IntelligentSearchOutput,
  intelligentSearchOutputSchema,
  queryReadingSchema,
} from "./intelligent-search-schema.js";
import type { ItemIndex } from "./item-index.js";
import { mostQueryCharacters, searchQuerySchema } from "./search-query-schema.js";

/** Options of {@link intelligentSearchTask}. */
export interface IntelligentSearchTaskOptions {
  /** What is searched. @default an index of the built-in help texts */
  readonly index?: ItemIndex | undefined;
  /** The product's own words for types, states and people. @default common English words */
  readonly vocabulary?: SearchVocabulary | undefined;
  /** Says what "today" is. Pass the gateway's. @default the machine's time */
  readonly clock?: Pick<Clock, "now"> | undefined;
  /** Who may run it; what they find is decided by each document. @default "anyone" */
  readonly allow?: AccessRule | undefined;
}

/**
 * Finds documents by a query with filters in its words: type, owner, status and date. With a model the model reads the
 * query; the search itself is local in any case.
 *
 * @throws `invalid_config` for an index that `createSearchIndex` didn't make.
 * @example
 * intelligentSearchTask({ index, vocabulary: { types: { invoice: ["rechnung"] } } });
 */
export function intelligentSearchTask(
  options: IntelligentSearchTaskOptions = {},
): Task<"intelligent_search", IntelligentSearchInput, IntelligentSearchInput, IntelligentSearchOutput> {
  const { vocabulary, clock = systemClock, allow = "anyone" } = options;
  checkItemIndex("intelligent_search", options.index);
  // Loaded with the first call: most processes make few kinds of calls.
  const search = async () => {
    const { querySearch } = await import("./query-search.js");
    return querySearch({ index: options.index, vocabulary, clock });
  };
  return defineTask({
    name: "intelligent_search",
    path: "search/intelligent",
    input: searchQuerySchema(),
    output: intelligentSearchOutputSchema(),
    allow,
    maxInputCharacters: mostQueryCharacters,
    modelOutput: queryReadingSchema(),
    prompt: async (input, context) => (await search()).prompt(input, context),
    local: async (input, context) => (await search()).byWords(context.restore(input), context),
    complete: async (written, input, context) => (await search()).byReading(written, input, context),
  });
}
