import type { JsonSchema } from "../../provider/provider.js";

/** A task's reply: its output with the two fields that every reply has. */
export function replySchema(output: JsonSchema): JsonSchema {
  const branches = ["anyOf", "oneOf"].find((keyword) => Array.isArray(output[keyword]));
  if (branches !== undefined) {
    const alternatives = output[branches] as readonly JsonSchema[]; // as: looked at above
    return { ...output, [branches]: alternatives.map(replySchema) };
  }
  // A closed object would close out the two fields, so they are put into it, not beside it.
  if (typeof output["properties"] !== "object") return { allOf: [output, envelope] };
  const required = Array.isArray(output["required"]) ? output["required"] : [];
  return {
    ...output,
    properties: { ...envelope.properties, ...output["properties"] },
    required: [...envelope.required, ...required],
  };
}

const envelope = {
  type: "object",
  properties: { success: { const: true }, metadata: { $ref: "#/components/schemas/ReplyMetadata" } },
  required: ["success", "metadata"],
};
