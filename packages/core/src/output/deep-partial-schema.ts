import type { JsonSchema } from "../provider/provider.js";

/** Keywords that only a finished value can meet, and the default for what is missing. */
const dropped: ReadonlySet<string> = new Set([
  "required",
  "dependentRequired",
  "minProperties",
  "minItems",
  "contains",
  "minContains",
  "maxContains",
  "default",
]);
const schemaKeywords: ReadonlySet<string> = new Set(["items", "additionalItems", "additionalProperties"]);
const listKeywords: ReadonlySet<string> = new Set(["prefixItems", "items", "anyOf", "allOf"]);
const mapKeywords: ReadonlySet<string> = new Set(["properties", "patternProperties", "$defs", "definitions"]);

/**
 * The schema of a value that is still being written: at every depth keys may be missing and lists may be short, what is
 * there is as it was. An object that names its keys takes no others, unless it says that it does. A schema without a `type`
 * is an object's or a list's when it says what is in one.
 */
export function deepPartialSchema(schema: JsonSchema): JsonSchema {
  const kept = Object.entries(schema).filter(([keyword]) => !dropped.has(keyword) && keyword !== "oneOf");
  const partial: Record<string, unknown> = Object.fromEntries(
    kept.map(([keyword, value]) => [keyword, partialKeyword(keyword, value)]),
  );
  const { oneOf, properties, patternProperties, additionalProperties, items, prefixItems } = schema;
  if (Array.isArray(oneOf)) {
    // The beginning of a value may be that of several.
    const allOf = Array.isArray(partial["allOf"]) ? partial["allOf"] : [];
    partial["allOf"] = [...allOf, { anyOf: oneOf.map(partialSchema) }];
  }
  if (items !== undefined || prefixItems !== undefined) return { type: "array", ...partial };
  if (properties === undefined) return partial;
  const isClosed = additionalProperties === undefined && patternProperties === undefined;
  return { type: "object", ...partial, ...(isClosed ? { additionalProperties: false } : {}) };
}

function partialKeyword(keyword: string, value: unknown): unknown {
  if (Array.isArray(value)) return listKeywords.has(keyword) ? value.map(partialSchema) : value;
  if (!isObject(value)) return value;
  if (schemaKeywords.has(keyword)) return deepPartialSchema(value);
  if (!mapKeywords.has(keyword)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, schema]) => [key, partialSchema(schema)]));
}

const partialSchema = (schema: unknown) => (isObject(schema) ? deepPartialSchema(schema) : schema);
const isObject = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
