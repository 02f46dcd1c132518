import type { Usage } from "../provider/provider.js";
import type { ModelPrice } from "./model-price.js";

/**
 * What `usage` costs, integer micro-dollars, rounded up. Input that the provider had cached has its own price. A
 * count that is no number, or below 0, counts as 0: the result is never `NaN` and never negative.
 */
export function costMicroUsd(price: ModelPrice, usage: Omit<Usage, "source">): number {
  const inputTokens = count(usage.inputTokens);
  const cachedTokens = Math.min(inputTokens, count(usage.cachedInputTokens ?? 0));
  // Dollars per million tokens are micro-dollars per token.
  const microUsd =
    (inputTokens - cachedTokens) * count(price.inputUsd) +
    cachedTokens * count(price.cachedInputUsd ?? price.inputUsd) +
    count(usage.outputTokens) * count(price.outputUsd);
  return roundUp(microUsd);
}

/** What a call costs at most, integer micro-dollars: nothing of the input is cached, and the model writes all it may. */
export function worstCaseMicroUsd(
  price: ModelPrice,
  tokens: { readonly inputTokens: number; readonly maxOutputTokens: number },
): number {
  const dearestInputUsd = Math.max(count(price.inputUsd), count(price.cachedInputUsd ?? 0));
  const { inputTokens, maxOutputTokens: outputTokens } = tokens;
  return costMicroUsd(
    { inputUsd: dearestInputUsd, outputUsd: price.outputUsd },
    { inputTokens, outputTokens },
  );
}

/**
 * Tokens of `text`, estimated high: a third of its UTF-8 bytes, rounded up. Prose has fewer (about four
 * characters a token); Chinese, Japanese and Korean come to one token a character. Only text without words
 * (random characters, base64) can have more; {@link maxTokens} covers that too.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(maxTokens(text) / 3);
}

/** The most tokens `text` can have: its UTF-8 bytes, since no token of a byte-level tokenizer is less than one byte. */
export function maxTokens(text: string): number {
  return encoder.encode(text).length;
}

const encoder = new TextEncoder();

const count = (value: number) => (value > 0 ? Math.min(value, Number.MAX_SAFE_INTEGER) : 0);

/** Rounds up, but not for the last bits of a float: 50 × 1.1 is 55, not 56. */
const roundUp = (microUsd: number) =>
  Math.min(Math.ceil(Math.round(microUsd * 1e6) / 1e6), Number.MAX_SAFE_INTEGER);
