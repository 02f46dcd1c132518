import { invalidConfig } from "../errors/invalid-config.js";
import type { ModelPrice } from "./model-price.js";

const price = (inputUsd: number, cachedInputUsd: number, outputUsd: number): ModelPrice => ({
  inputUsd,
  cachedInputUsd,
  outputUsd,
});

/**
 * List prices of common chat models in US dollars per million tokens (standard tier, text), as of March 2026.
 * Source: the vendor's public pricing page. Prices change and contracts differ: give your own with the
 * `overrides` of {@link priceOf}.
 */
export const priceTable: Readonly<Record<string, ModelPrice>> = {
  "gpt-4o-mini": price(0.15, 0.075, 0.6),
  "gpt-4o": price(2.5, 1.25, 10),
  // The first snapshot kept its old price, and no discount for cached input.
  "gpt-4o-2024-05-13": price(5, 5, 15),
  "gpt-4.1": price(2, 0.5, 8),
  "gpt-4.1-mini": price(0.4, 0.1, 1.6),
  "gpt-4.1-nano": price(0.1, 0.025, 0.4),
  "o4-mini": price(1.1, 0.275, 4.4),
  "gpt-5": price(1.25, 0.125, 10),
  "gpt-5-mini": price(0.25, 0.025, 2),
  "gpt-5-nano": price(0.05, 0.005, 0.4),
};

/**
 * The price of a model, or nothing when it is unknown: an unknown price is not 0. A dated snapshot without a price
 * of its own (`gpt-4o-mini-2024-07-18`) has that of its family. For the same name an override comes before the table.
 *
 * @throws `invalid_config` when an override that is asked for is not a price.
 */
export function priceOf(
  model: string,
  overrides: Readonly<Record<string, ModelPrice>> = {},
): ModelPrice | undefined {
  return priceNamed(model, overrides) ?? priceNamed(model.replace(/-\d{4}-\d{2}-\d{2}$/, ""), overrides);
}

function priceNamed(name: string, overrides: Readonly<Record<string, ModelPrice>>): ModelPrice | undefined {
  const override = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
  if (override === undefined) return Object.hasOwn(priceTable, name) ? priceTable[name] : undefined;
  const { inputUsd, outputUsd, cachedInputUsd = 0 } = override;
  if ([inputUsd, outputUsd, cachedInputUsd].every((usd) => Number.isFinite(usd) && usd >= 0)) return override;
  const problems = [`${name}: every price must be a number of US dollars per million tokens, 0 or more`];
  throw invalidConfig("Prices", problems);
}
