import * as z from "zod";
import { once } from "../../once.js";
import type { JsonSchema } from "../../provider/provider.js";

/** A workflow as a model wrote it: nothing about its steps is sure yet. */
export interface WrittenWorkflow {
  readonly workflow: { readonly steps: readonly WrittenStep[] };
  readonly explanation?: string | null | undefined;
}

/** A step as a model wrote it. */
export interface WrittenStep {
  readonly type?: string | null | undefined;
  readonly service?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** Reads what models write, strict or not: `{ workflow: { steps } }`, `{ workflow: [] }` or `{ steps }`. */
export const writtenWorkflowSchema = once((): z.ZodType<WrittenWorkflow, unknown> => {
  const text = z.string().nullish();
  const steps = z.array(z.object({ type: text, service: text, description: text }));
  return z.preprocess(wrapped, z.object({ workflow: z.object({ steps }), explanation: text }));
});

function wrapped(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("workflow" in value) {
    return Array.isArray(value.workflow) ? { ...value, workflow: { steps: value.workflow } } : value;
  }
  return "steps" in value ? { ...value, workflow: { steps: value.steps } } : value;
}

/** What a model is asked for; every field is required, so that providers can enforce it. */
export const writtenWorkflowJsonSchema: JsonSchema = {
  type: "object",
  properties: {
    workflow: {
      type: "object",
      properties: {
        steps: {
          type: "array",
          items: {
            type: "object",
            properties: {
              type: { type: "string", enum: ["trigger", "condition", "action"] },
              service: { type: ["string", "null"] },
              description: { type: "string" },
            },
            required: ["type", "service", "description"],
            additionalProperties: false,
          },
        },
      },
      required: ["steps"],
      additionalProperties: false,
    },
    explanation: { type: "string" },
  },
  required: ["workflow", "explanation"],
  additionalProperties: false,
};
