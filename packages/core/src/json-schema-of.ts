import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import type { JsonSchema } from "./provider/provider.js";

/**
 * What a schema takes (`input`), or what it gives (`output`), as JSON Schema 2020-12. Nothing when its library makes none,
 * or when it has a type that JSON does not have, such as a date.
 */
export function jsonSchemaOf(schema: StandardSchemaV1, side: "input" | "output"): JsonSchema | undefined {
  const standard: Partial<StandardJSONSchemaV1.Props> = schema["~standard"];
  try {
    return standard.jsonSchema?.[side]({ target: "draft-2020-12" });
  } catch {
    return undefined;
  }
}
