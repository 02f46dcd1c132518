import type { Attempt } from "./decision-record.js";

/** Tokens of all attempts, prompts and replies; whole ones, whatever a provider reports. */
export const tokensUsed = (attempts: readonly Attempt[]): number =>
  Math.ceil(
    attempts.reduce((sum, { usage }) => sum + (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0), 0),
  );
