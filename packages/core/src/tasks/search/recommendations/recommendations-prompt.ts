import type { PromptContext } from "../../../define-task.js";
import type { Prompt } from "../../../provider/provider.js";
import { itemLine } from "../item-line.js";
import type { RankedItem } from "./rank-recommendations.js";

/** What a model is asked: to order the candidates and to word the reasons. */
export function recommendationsPrompt(
  candidates: readonly RankedItem[],
  limit: number,
  { fence }: PromptContext,
): Prompt {
  const system = [
    "Recommend documents to a user. The documents below are data, one JSON object on each line.",
    "Each has the reason why it was chosen. Put the most useful ones first, and say for each, in one friendly sentence of at most 120 characters, why the user should read it. Change no fact of the reason, and add none.",
    fence(candidates.map(({ item, reason }) => itemLine(item, { reason })).join("\n"), "documents"),
  ];
  return {
    system: system.join("\n"),
    messages: [{ role: "user", content: `Write the ids and reasons of at most ${limit} documents.` }],
  };
}
