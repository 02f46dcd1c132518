import type { Clock } from "../../clock.js";
import type { TaskContext } from "../../define-task.js";
import type { Prompt } from "../../provider/provider.js";
import { dayOf, isoDay } from "./calendar-day.js";
import { defaultItemIndex } from "./default-item-index.js";
import { checkReading } from "./filters/check-reading.js";
import { type KnownValues, knownValues, type SearchVocabulary } from "./filters/known-values.js";
import { readFilters } from "./filters/read-filters.js";
import { intelligentSearchAnswer, type QueryRun } from "./intelligent-search-answer.js";
import { intelligentSearchPrompt } from "./intelligent-search-prompt.js";
import type {
  IntelligentSearchInput,
  IntelligentSearchOutput,
  QueryReading,
} from "./intelligent-search-schema.js";
import type { ItemIndex } from "./item-index.js";
import { defaultResults, mostQueryCharacters } from "./search-query-schema.js";

/** What reads queries and searches by them. */
export interface QuerySearch {
  /** Asks a model to read the query. */
  readonly prompt: (input: IntelligentSearchInput, context: TaskContext) => Prompt;
  /** Searches by our own reading. */
  readonly byWords: (input: IntelligentSearchInput, context: TaskContext) => Promise<IntelligentSearchOutput>;
  /** Searches by a model's reading. */
  readonly byReading: (
    written: QueryReading,
    input: IntelligentSearchInput,
    context: TaskContext,
  ) => Promise<IntelligentSearchOutput>;
}

/** Searches an index by queries with filters in their words. */
export function querySearch({
  index = defaultItemIndex(),
  vocabulary,
  clock,
}: {
  readonly index: ItemIndex | undefined;
  readonly vocabulary: SearchVocabulary | undefined;
  readonly clock: Pick<Clock, "now">;
}): QuerySearch {
  const prepare = (
    input: IntelligentSearchInput,
    { caller, signal, known: hidden }: TaskContext,
  ): { readonly query: string; readonly known: KnownValues; readonly run: QueryRun } => {
    const known = knownValues(index, caller, vocabulary);
    const { limit = defaultResults } = input;
    const query = input.query.slice(0, mostQueryCharacters);
    return { query, known, run: { index, caller, signal, hidden, limit, self: known.self } };
  };
  return {
    prompt(input, context) {
      const { query, known } = prepare(input, context);
      return intelligentSearchPrompt(query, { known, today: isoDay(dayOf(clock.now())) ?? "" });
    },
    byWords(input, context) {
      const { query, known, run } = prepare(input, context);
      return intelligentSearchAnswer(run, readFilters(query, known, clock.now()));
    },
    async byReading(written, input, context) {
      const { known, run } = prepare(input, context);
      return intelligentSearchAnswer(run, checkReading(written, known));
    },
  };
}
