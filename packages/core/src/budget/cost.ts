import type { Usage } from "../provider/provider.js";
import type { ModelPrice } from "./model-price.js";

/**
 * What `usage` costs, integer micro-dollars, rounded up. A prompt that is long enough for a tier has that tier's
 * prices for the whole call; input that the provider had cached, or put in its cache, has its own price. A count that
 * is no number, or below 0, counts as 0: the result is never `NaN` and never negative.
 */
export function costMicroUsd(price: ModelPrice, usage: Omit<Usage, "source">): number {
  const inputTokens = count(usage.inputTokens);
  const cachedTokens = Math.min(inputTokens, count(usage.cachedInputTokens ?? 0));
  const writtenTokens = Math.min(inputTokens - cachedTokens, count(usage.cacheWriteTokens ?? 0));
  const longest = price.tiers?.findLast(({ aboveInputTokens }) => inputTokens > aboveInputTokens);
  const { inputUsd, outputUsd, cachedInputUsd = inputUsd, cacheWriteUsd = inputUsd } = longest ?? price;
  // Dollars per million tokens are micro-dollars per token.
  const microUsd =
    (inputTokens - cachedTokens - writtenTokens) * count(inputUsd) +
    cachedTokens * count(cachedInputUsd) +
    writtenTokens * count(cacheWriteUsd) +
    count(usage.outputTokens) * count(outputUsd);
  return roundUp(microUsd);
}

/**
 * What a call costs at most, integer micro-dollars: all of the input has the dearest price that so much input can
 * have, and the model writes all it may.
 */
export function worstCaseMicroUsd(
  price: ModelPrice,
  tokens: { readonly inputTokens: number; readonly maxOutputTokens: number },
): number {
  const { inputTokens, maxOutputTokens } = tokens;
  let inputUsd = 0;
  let outputUsd = 0;
  for (const each of [price, ...(price.tiers ?? [])]) {
    if ("aboveInputTokens" in each && !(inputTokens > each.aboveInputTokens)) continue;
    const { cachedInputUsd = 0, cacheWriteUsd = 0 } = each;
    inputUsd = Math.max(inputUsd, count(each.inputUsd), count(cachedInputUsd), count(cacheWriteUsd));
    outputUsd = Math.max(outputUsd, count(each.outputUsd));
  }
  return costMicroUsd({ inputUsd, outputUsd }, { inputTokens, outputTokens: maxOutputTokens });
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
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // A surrogate pair is four bytes, two for each half; a half alone is written as U+FFFD, which has three.
    bytes += unit < 0x800 || isPairedSurrogate(text, index) ? 1 : 2;
  }
  return bytes;
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

function isPairedSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return isHigh(unit) ? isLow(text.charCodeAt(index + 1)) : isLow(unit) && isHigh(text.charCodeAt(index - 1));
}

const count = (value: number) => (value > 0 ? Math.min(value, Number.MAX_SAFE_INTEGER) : 0);

/** Rounds up, but not for the last bits of a float: 50 × 1.1 is 55, not 56. */
const roundUp = (microUsd: number) =>
  Math.min(Math.ceil(Math.round(microUsd * 1e6) / 1e6), Number.MAX_SAFE_INTEGER);
