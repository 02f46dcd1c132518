import type { Attempt } from "./decision-record.js";

/** Tokens of all attempts, prompts and replies. */
export const tokensUsed = (attempts: readonly Attempt[]): number =>
  attempts.reduce((sum, { usage }) => sum + (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0), 0);
