import type { AccessRule } from "../../../authorize/access-rule.js";
import { type Clock, systemClock } from "../../../clock.js";
import { defineTask, type Task, type TaskContext } from "../../../define-task.js";
import { checkItemIndex } from "../check-item-index.js";
import { defaultItemIndex } from "../default-item-index.js";
import type { ItemIndex } from "../item-index.js";
import type { ItemUses } from "./item-use.js";
import type { RecommendationRun } from "./rank-recommendations.js";
import { recommendationsPrompt } from "./recommendations-prompt.js";
import {
  type RecommendationsInput,
  type RecommendationsOutput,
  recommendationsInputSchema,
  recommendationsOutputSchema,
  recommendationWordingSchema,
} from "./recommendations-schema.js";
import { createUseReader } from "./use-reader.js";

/** Options of {@link recommendationsTask}. */
export interface RecommendationsTaskOptions {
  /** What is recommended. @default an index of the built-in help texts */
  readonly index?: ItemIndex | undefined;
  /** Who used what, or a function that is given the caller. @default nobody used anything */
  readonly uses?: ItemUses | undefined;
  /** Says how long ago things are. Pass the gateway's. @default the machine's time */
  readonly clock?: Pick<Clock, "now"> | undefined;
  /** Who may run it; what they are shown is decided by each document. @default "anyone" */
  readonly allow?: AccessRule | undefined;
}

/** Loaded with the first call: most processes make few kinds of calls. */
const answers = () => import("./recommendations-answer.js");

/**
 * Recommends items: like the given ones, or like what the caller used, or the latest and most popular ones. What fewer
 * than two others used is never used as a reason, so nobody's use shows.
 *
 * @throws `invalid_config` for an index that `createSearchIndex` didn't make.
 * @example
 * recommendationsTask({ index, uses: (caller) => database.usesOfTenant(caller.tenantId) });
 */
export function recommendationsTask(
  options: RecommendationsTaskOptions = {},
): Task<"get_recommendations", RecommendationsInput, RecommendationsInput, RecommendationsOutput> {
  const { uses = [], clock = systemClock, allow = "anyone" } = options;
  checkItemIndex("get_recommendations", options.index);
  const usesOf = createUseReader(uses);
  const runFor = ({ caller, signal }: TaskContext): RecommendationRun => ({
    index: options.index ?? defaultItemIndex(),
    usesOf,
    caller,
    signal,
    nowMs: clock.now(),
  });
  return defineTask({
    name: "get_recommendations",
    path: "recommendations",
    input: recommendationsInputSchema(),
    output: recommendationsOutputSchema(),
    allow,
    modelOutput: recommendationWordingSchema(),
    maxOutputTokens: 512,
    async prompt(input, context) {
      const { defaultLimit, findRecommendations, mostCandidates } = await answers();
      const candidates = (await findRecommendations(runFor(context), input)).slice(0, mostCandidates);
      return recommendationsPrompt(
        candidates,
        Math.min(input.limit ?? defaultLimit, mostCandidates),
        context,
      );
    },
    async local(input, context) {
      const { recommendationsAnswer } = await answers();
      return recommendationsAnswer(runFor(context), context.restore(input));
    },
    async complete(written, input, context) {
      const { recommendationsAnswer } = await answers();
      return recommendationsAnswer(runFor(context), input, written);
    },
  });
}
