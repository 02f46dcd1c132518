import type { AccessRule } from "../../authorize/access-rule.js";
import { type Clock, systemClock } from "../../clock.js";
import { defineTask, type Task, type TaskContext } from "../../define-task.js";
import { dayOf, isoDay } from "./calendar-day.js";
import { checkItemIndex } from "./check-item-index.js";
import { defaultItemIndex } from "./default-item-index.js";
import { checkReading } from "./filters/check-reading.js";
import { type KnownValues, knownValues, type SearchVocabulary } from "./filters/known-values.js";
import { readFilters } from "./filters/read-filters.js";
import { intelligentSearchAnswer, type QueryRun } from "./intelligent-search-answer.js";
import { intelligentSearchPrompt } from "./intelligent-search-prompt.js";
import {
  type IntelligentSearchInput,
  type IntelligentSearchOutput,
  intelligentSearchOutputSchema,
  queryReadingSchema,
} from "./intelligent-search-schema.js";
import type { ItemIndex } from "./item-index.js";
import { defaultResults, mostQueryCharacters, searchQuerySchema } from "./search-query-schema.js";

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
  const prepare = (
    input: IntelligentSearchInput,
    { caller, signal, known: hidden }: TaskContext,
  ): { readonly query: string; readonly known: KnownValues; readonly run: QueryRun } => {
    const index = options.index ?? defaultItemIndex();
    const known = knownValues(index, caller, vocabulary);
    const { limit = defaultResults } = input;
    const query = input.query.slice(0, mostQueryCharacters);
    return { query, known, run: { index, caller, signal, hidden, limit, self: known.self } };
  };
  return defineTask({
    name: "intelligent_search",
    path: "search/intelligent",
    input: searchQuerySchema,
    output: intelligentSearchOutputSchema,
    allow,
    maxInputCharacters: mostQueryCharacters,
    modelOutput: queryReadingSchema,
    prompt(input, context) {
      const { query, known } = prepare(input, context);
      return intelligentSearchPrompt(query, { known, today: isoDay(dayOf(clock.now())) ?? "" });
    },
    local(input, context) {
      const { query, known, run } = prepare(context.restore(input), context);
      return intelligentSearchAnswer(run, readFilters(query, known, clock.now()));
    },
    complete(written, input, context) {
      const { known, run } = prepare(input, context);
      return intelligentSearchAnswer(run, checkReading(written, known));
    },
  });
}
