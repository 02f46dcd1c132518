import { calcPrice, findProvider } from "@pydantic/genai-prices";
import { expect, it } from "vitest";
import { costMicroUsd } from "../../packages/core/src/budget/cost.js";
import { pricesAsOf } from "../../packages/core/src/budget/price-data.js";
import { priceOf } from "../../packages/core/src/budget/price-table.js";

const timestamp = new Date(`${pricesAsOf}T12:00:00Z`);
/** Short and long prompts, with and without a cache. */
const usages = [
  { inputTokens: 10_000, outputTokens: 2_000, cachedInputTokens: 0, cacheWriteTokens: 0 },
  { inputTokens: 10_000, outputTokens: 2_000, cachedInputTokens: 6_000, cacheWriteTokens: 1_000 },
  { inputTokens: 500_000, outputTokens: 2_000, cachedInputTokens: 0, cacheWriteTokens: 0 },
  { inputTokens: 500_000, outputTokens: 2_000, cachedInputTokens: 100_000, cacheWriteTokens: 50_000 },
];

/** What the data's own calculation says, in micro-dollars; it knows no cache where a model has no price for one. */
function theirs(vendor: string, model: string, usage: (typeof usages)[number]): number | undefined {
  const price = calcPrice(
    {
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      cache_read_tokens: usage.cachedInputTokens,
      cache_write_tokens: usage.cacheWriteTokens,
    },
    model,
    { providerId: vendor, timestamp },
  );
  return price === null ? undefined : price.total_price * 1e6;
}

/** Vendors, and which of the models they sell are theirs. */
const vendors = [
  ["openai", /./],
  ["anthropic", /./],
  ["google", /^gem/],
  ["mistral", /./],
  ["groq", /./],
  ["deepseek", /./],
  ["x-ai", /./],
  ["cohere", /./],
  ["voyageai", /./],
] as const;

it.each(vendors)(
  "prices of %s are those of the data they were made from, or dearer by the hour",
  (vendor, own) => {
    const models = findProvider({ providerId: vendor })?.models.map(({ id }) => id) ?? [];
    const dearer = new Set<string>();
    let compared = 0;
    for (const model of models.filter((id) => own.test(id))) {
      const price = priceOf(model);
      for (const usage of usages) {
        const expected = theirs(vendor, model, usage);
        if (price === undefined || expected === undefined) continue;
        const cost = costMicroUsd(price, usage);
        compared += 1;
        expect(cost, `${model}, ${JSON.stringify(usage)}`).toBeGreaterThanOrEqual(Math.floor(expected));
        if (cost > Math.ceil(expected + 1e-6)) dearer.add(model);
      }
    }
    expect(compared).toBeGreaterThan(16);
    expect([...dearer]).toEqual(vendor === "deepseek" ? ["deepseek-v4-flash", "deepseek-v4-pro"] : []);
  },
);
