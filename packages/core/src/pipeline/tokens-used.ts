import type { Attempt } from "./decision-record.js";

/** Tokens of all attempts, prompts and replies; whole ones, whatever a provider reports. */
export function tokensUsed(attempts: readonly Attempt[]): number {
  let tokens = 0;
  for (const { usage } of attempts) tokens += (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
  return Math.ceil(tokens);
}
