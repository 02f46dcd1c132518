import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import * as z from "zod";
import type { Task } from "../define-task.js";
import type { JsonSchema } from "../provider/provider.js";
import { deepPartialSchema } from "./deep-partial-schema.js";

/** Tells what of a value that is still being written can be shown. */
export interface PartialOutputSchema {
  /**
   * The part of `value` that the output will have. `undefined` when there is none yet, or when anything in it is not of
   * the output's type. May change `value`.
   */
  fitting(value: unknown): unknown;
}

/**
 * Makes the schema of a task's unfinished output, in a few milliseconds; `undefined` when there can be none. It is that
 * of the output as it is delivered, so a value that the task's schema transforms is not shown before.
 */
export function createPartialOutputSchema(
  task: Pick<Task, "output" | "outputJsonSchema">,
): PartialOutputSchema | undefined {
  let schema: z.ZodType;
  try {
    const delivered = deliveredSchema(task);
    if (delivered === undefined) return undefined;
    schema = z.fromJSONSchema(deepPartialSchema(delivered), { registry: z.registry() });
  } catch {
    return undefined; // a type that JSON does not have, or a keyword that can't be checked
  }
  return {
    fitting(value) {
      const result = schema.safeParse(value);
      if (result.success) return nonEmpty(result.data);
      removeExtraKeys(value, result.error.issues);
      return nonEmpty(schema.safeParse(value).data);
    },
  };
}

const nonEmpty = (value: unknown) => (Object.keys(Object(value)).length === 0 ? undefined : value);

function deliveredSchema({ output, outputJsonSchema }: Pick<Task, "output" | "outputJsonSchema">) {
  const standard: Partial<StandardJSONSchemaV1.Props> & StandardSchemaV1.Props = output["~standard"];
  const delivered: JsonSchema | undefined = standard.jsonSchema?.output({ target: "draft-2020-12" });
  return delivered ?? outputJsonSchema;
}

function removeExtraKeys(value: unknown, issues: readonly z.core.$ZodIssue[]): void {
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const holder = issue.path.reduce(
      (parent: object, key) => Object(Reflect.get(parent, key)),
      Object(value),
    );
    for (const key of issue.keys) Reflect.deleteProperty(holder, key);
  }
}
