import type { AccessRule } from "../../authorize/access-rule.js";
import { defineTask, type Task, type TaskContext } from "../../define-task.js";
import { checkItemIndex } from "./check-item-index.js";
import { defaultItemIndex } from "./default-item-index.js";
import type { ItemIndex } from "./item-index.js";
import { mostQueryCharacters, searchQuerySchema } from "./search-query-schema.js";
import { findCandidates, mostCandidates, semanticSearchAnswer } from "./semantic-search-answer.js";
import { semanticSearchPrompt } from "./semantic-search-prompt.js";
import {
  type SemanticSearchInput,
  type SemanticSearchOutput,
  searchRankingSchema,
  semanticSearchOutputSchema,
} from "./semantic-search-schema.js";

/** Options of {@link semanticSearchTask}. */
export interface SemanticSearchTaskOptions {
  /** What is searched. Made by `createSearchIndex`. @default an index of the built-in help texts */
  readonly index?: ItemIndex | undefined;
  /** Who may run it; what they find is decided by each document. @default "anyone" */
  readonly allow?: AccessRule | undefined;
}

/**
 * Finds documents. With a model the best ones are put in its order; it can't add any.
 *
 * @throws `invalid_config` for an index that `createSearchIndex` didn't make.
 * @example
 * semanticSearchTask({ index: createSearchIndex({ documents: [{ id: "vat", title: "VAT", text: "Add it last." }] }) });
 */
export function semanticSearchTask(
  options: SemanticSearchTaskOptions = {},
): Task<"semantic_search", SemanticSearchInput, SemanticSearchInput, SemanticSearchOutput> {
  const { allow = "anyone" } = options;
  checkItemIndex("semantic_search", options.index);
  const asked = (input: SemanticSearchInput, { caller, signal, known }: TaskContext) => ({
    index: options.index ?? defaultItemIndex(),
    input: { ...input, query: input.query.slice(0, mostQueryCharacters) },
    caller,
    signal,
    known,
  });
  return defineTask({
    name: "semantic_search",
    path: "search",
    input: searchQuerySchema(),
    output: semanticSearchOutputSchema(),
    allow,
    maxInputCharacters: mostQueryCharacters,
    modelOutput: searchRankingSchema(),
    async prompt(input, context) {
      const candidates = await findCandidates(asked(input, context));
      return semanticSearchPrompt(input.query, candidates.slice(0, mostCandidates), context);
    },
    local: (input, context) => semanticSearchAnswer(asked(context.restore(input), context)),
    complete: (written, input, context) => semanticSearchAnswer(asked(input, context), written),
  });
}
