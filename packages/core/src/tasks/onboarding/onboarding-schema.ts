import * as z from "zod";
import { once } from "../../once.js";
import { requiredText } from "../required-text.js";
import { mostItems } from "./check-stages.js";
import type { OnboardingStages } from "./onboarding-stage.js";

/** Where a new user is, as it comes over the wire. */
export interface OnboardingInput<Stage extends string = string> {
  readonly stage: Stage;
  readonly context?: OnboardingContext | undefined;
}

/** What is done. Flags that a product's own stages declare are accepted too. @default every flag false */
export interface OnboardingContext {
  readonly has_connected_tool?: boolean | undefined;
  readonly has_run_workflow?: boolean | undefined;
  readonly [flag: string]: boolean | undefined;
}

/** What to do next. No list is empty. */
export interface OnboardingOutput {
  readonly checklist: readonly string[];
  readonly tips: readonly string[];
}

/** Schema of {@link OnboardingInput} for these stages: an unknown stage is an issue that names the known ones. */
export function onboardingInputSchema<Stage extends string>(
  stages: OnboardingStages,
): z.ZodType<OnboardingInput<Stage>, OnboardingInput<Stage>> {
  const names = Object.keys(stages) as Stage[];
  const flag = z.boolean({ error: "must be true or false" }).optional();
  const declared = Object.values(stages)
    .flatMap((stage) => stage.checklist)
    .flatMap(({ doneWhen }) => (doneWhen === undefined ? [] : [doneWhen]));
  const flags = new Set(["has_connected_tool", "has_run_workflow", ...declared]);
  return z.object(
    {
      stage: z.enum(names, { error: `use one of ${names.join(", ")}` }),
      context: z
        .object(Object.fromEntries([...flags].map((name) => [name, flag])), { error: "must be an object" })
        .optional(),
    },
    { error: "send an object with a stage" },
  );
}

/** Schema of {@link OnboardingOutput}. */
export const onboardingOutputSchema = once((): z.ZodType<OnboardingOutput, OnboardingOutput> => {
  const sentences = z
    .array(requiredText("a list item is empty"))
    .min(1, { error: "a list is empty" })
    .max(mostItems);
  return z.object({ checklist: sentences, tips: sentences });
});
