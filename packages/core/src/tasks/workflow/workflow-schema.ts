import * as z from "zod";
import { once } from "../../once.js";
import { requiredText } from "../required-text.js";
import { shortText } from "../short-text.js";

/** A workflow in words, as it comes over the wire. */
export interface WorkflowInput {
  /** What should happen, and when. */
  readonly description: string;
  readonly context?: WorkflowContext | undefined;
}

/** What is known about the user. */
export interface WorkflowContext {
  /** How much the explanation says. @default between the two */
  readonly experience_level?: "beginner" | "advanced" | undefined;
  /** Connected tools, by id or name: at most 50, each at most 200 characters. */
  readonly tools?: readonly string[] | undefined;
}

/** One step of a workflow. */
export interface WorkflowStep {
  readonly type: "trigger" | "condition" | "action";
  /** Id of the service catalogue; absent when no service is meant, or none could be named. */
  readonly service?: string | undefined;
  readonly description: string;
}

/** A workflow and what to know about it. */
export interface WorkflowOutput {
  /** Exactly one trigger, first. A condition guards the actions after it. */
  readonly workflow: { readonly steps: readonly WorkflowStep[] };
  /** Says what the workflow does, and asks what could not be told from the description. */
  readonly explanation: string;
}

/** Schema of {@link WorkflowInput}; unknown keys are dropped. */
export const workflowInputSchema = once(
  (): z.ZodType<WorkflowInput, WorkflowInput> =>
    z.object(
      {
        description: requiredText("describe what the workflow should do"),
        context: z
          .object(
            {
              experience_level: z
                .enum(["beginner", "advanced"], { error: 'use "beginner" or "advanced"' })
                .optional(),
              tools: z
                .array(shortText(), { error: "must be a list of tool names" })
                .max(50, { error: "name at most 50 tools" })
                .optional(),
            },
            { error: "must be an object" },
          )
          .optional(),
      },
      { error: "send an object with a description" },
    ),
);

const stepSchema = () =>
  z.object({
    type: z.enum(["trigger", "condition", "action"]),
    // Models that must fill every field write null for "none".
    service: z
      .string()
      .nullish()
      .transform((service) => service ?? undefined),
    description: requiredText("a step has no description"),
  });

/** Schema of {@link WorkflowOutput}: checks the structure too, so that no half workflow leaves. */
export const workflowOutputSchema = once(
  (): z.ZodType<WorkflowOutput, unknown> =>
    z.object({
      workflow: z.object({
        steps: z
          .array(stepSchema())
          .min(1, { error: "there are no steps" })
          .max(50)
          .refine((steps) => steps[0]?.type === "trigger", { error: "the first step must be the trigger" })
          .refine((steps) => steps.filter((step) => step.type === "trigger").length === 1, {
            error: "there must be exactly one trigger",
          }),
      }),
      explanation: requiredText("the explanation is empty"),
    }),
);
