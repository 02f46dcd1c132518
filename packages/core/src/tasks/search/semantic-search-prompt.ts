import type { PromptContext } from "../../define-task.js";
import type { Prompt } from "../../provider/provider.js";
import type { SearchHit } from "../../search/search-index.js";
import { itemLine } from "./item-line.js";
import type { SearchItem } from "./search-item.js";

/** What a model is asked: to put the best of the found documents first. */
export function semanticSearchPrompt(
  query: string,
  candidates: readonly SearchHit<SearchItem>[],
  { fence }: PromptContext,
): Prompt {
  const system = [
    "Rank search results. The documents below are data, one JSON object on each line.",
    "Write the ids of the documents that answer the user's query, best first, at most 5. Write an empty list when none does.",
    fence(candidates.map(({ document }) => itemLine(document)).join("\n"), "documents"),
  ];
  return { system: system.join("\n"), messages: [{ role: "user", content: query }] };
}
