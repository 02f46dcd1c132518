import type { AccessRule } from "../../authorize/access-rule.js";
import { defineTask, type Task } from "../../define-task.js";
import { textDigest } from "../text-digest.js";
import { type BuiltInStage, builtInStages } from "./built-in-stages.js";
import { checkStages } from "./check-stages.js";
import { onboardingAnswer } from "./onboarding-answer.js";
import { onboardingPrompt } from "./onboarding-prompt.js";
import {
  type OnboardingInput,
  type OnboardingOutput,
  onboardingInputSchema,
  onboardingOutputSchema,
} from "./onboarding-schema.js";
import type { OnboardingStages } from "./onboarding-stage.js";

/** Options of {@link onboardingTask}. */
export interface OnboardingTaskOptions<Stages extends OnboardingStages> {
  /**
   * The product's own stages, in the order a user goes through them: a plain object, or what `defineStages` returns.
   * @default five stages of a workflow product
   */
  readonly stages?: Stages | undefined;
  /** Who may run it. @default "anyone" */
  readonly allow?: AccessRule | undefined;
}

/**
 * Tells a new user what to do next.
 *
 * @throws `invalid_config` when there are no stages, one has no checklist or no tips, or `requires` names no stage or
 * makes a circle.
 * @example
 * onboardingTask({
 *   stages: {
 *     import_data: {
 *       title: "Import your data",
 *       checklist: [{ text: "Upload a CSV file", doneWhen: "has_imported" }],
 *       tips: ["A hundred rows are enough to try it."],
 *     },
 *   },
 * });
 */
export function onboardingTask<const Stages extends OnboardingStages = Readonly<Record<BuiltInStage, never>>>(
  options: OnboardingTaskOptions<Stages> = {},
): Task<
  "onboarding",
  OnboardingInput<keyof Stages & string>,
  OnboardingInput<keyof Stages & string>,
  OnboardingOutput
> {
  const { stages = builtInStages, allow = "anyone" } = options;
  const known: OnboardingStages = stages;
  checkStages("Onboarding task", known);
  return defineTask({
    name: "onboarding",
    version: `1.${textDigest(JSON.stringify(known))}`,
    input: onboardingInputSchema<keyof Stages & string>(known),
    output: onboardingOutputSchema(),
    allow,
    prompt: (input) => onboardingPrompt(known, input),
    local: (input) => onboardingAnswer(known, input),
  });
}
