import * as z from "zod";
import { once } from "../once.js";

/** What a `ModelPrice` has to be. */
export const priceSchema = once(() => {
  const usd = z.number("must be US dollars per million tokens").min(0, "must be 0 or more");
  const prices = {
    inputUsd: usd,
    outputUsd: usd,
    cachedInputUsd: usd.optional(),
    cacheWriteUsd: usd.optional(),
  };
  const tier = z.strictObject({ aboveInputTokens: z.int().min(1, "must be 1 or more"), ...prices });
  return z.strictObject({
    ...prices,
    tiers: z
      .array(tier)
      .refine(
        (tiers) => tiers.every((each, at) => each.aboveInputTokens > (tiers[at - 1]?.aboveInputTokens ?? 0)),
        "must go from short prompts to long ones",
      )
      .optional(),
  });
});
