/** A copy of a schema whose references to its own root (`#`, `#/$defs/step`) lead to where it stands in a document. */
export function rebaseReferences(schema: unknown, place: string): unknown {
  if (Array.isArray(schema)) return schema.map((each) => rebaseReferences(each, place));
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== "$schema")
      .map(([key, value]) => [
        key,
        key === "$ref" && typeof value === "string" && value.startsWith("#")
          ? place + value.slice(1)
          : rebaseReferences(value, place),
      ]),
  );
}
