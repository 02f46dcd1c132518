import * as z from "zod";
import { once } from "../../../once.js";
import { limitSchema } from "../limit-schema.js";

/** What to recommend for, as it comes over the wire. */
export interface RecommendationsInput {
  /** Items that the recommended ones should go with; at most 20. @default what the caller used last */
  readonly item_ids?: readonly string[] | undefined;
  /** Most recommendations, 1 to 20. @default 5 */
  readonly limit?: number | undefined;
}

/** An item, and why. */
export interface Recommendation {
  readonly id: string;
  readonly title: string;
  readonly url?: string | undefined;
  /** 0 to 1; compares the recommendations of one reply, not of two. */
  readonly score: number;
  /** One sentence for the user, at most 160 characters. */
  readonly reason: string;
}

/** What to look at next. */
export interface RecommendationsOutput {
  /** Best first, without the given and the already used items; empty when there is nothing else. */
  readonly recommendations: readonly Recommendation[];
}

/** What a model writes about the candidates. */
export interface RecommendationWording {
  /** Ids of candidates, best first, each with a reason in the model's words. */
  readonly recommendations: readonly { readonly id: string; readonly reason: string }[];
}

/** Longest reason, UTF-16 characters. */
export const mostReasonCharacters = 160;
/** Most recommendations of a reply. */
export const mostRecommendations = 20;
const mostItemIds = 20;

const itemId = () =>
  z
    .string({ error: "must be the id of an item" })
    .min(1, { error: "must be the id of an item" })
    .max(500, { error: "use at most 500 characters" });

/** Schema of {@link RecommendationsInput}; unknown keys are dropped. */
export const recommendationsInputSchema = once(
  (): z.ZodType<RecommendationsInput, RecommendationsInput> =>
    z.object(
      {
        item_ids: z
          .array(itemId(), { error: "must be a list of ids" })
          .max(mostItemIds, { error: `send at most ${mostItemIds} ids` })
          .optional(),
        limit: limitSchema(mostRecommendations).optional(),
      },
      { error: "send an object; item_ids and limit are optional" },
    ),
);

const reason = once(() =>
  z
    .string()
    .max(mostReasonCharacters)
    .refine((text) => text.trim() !== "", { error: "the reason is empty" }),
);

/** Schema of {@link RecommendationsOutput}. */
export const recommendationsOutputSchema = once(
  (): z.ZodType<RecommendationsOutput, RecommendationsOutput> =>
    z.object({
      recommendations: z
        .array(
          z.object({
            id: z.string().min(1),
            title: z.string().min(1).max(300),
            url: z.string().optional(),
            score: z.number().min(0).max(1),
            reason: reason(),
          }),
        )
        .max(mostRecommendations),
    }),
);

/** Schema of {@link RecommendationWording}. */
export const recommendationWordingSchema = once(
  (): z.ZodType<RecommendationWording, RecommendationWording> =>
    z.object({
      recommendations: z.array(z.object({ id: z.string(), reason: reason() })).max(mostRecommendations),
    }),
);
