import { isPlainKey } from "../is-plain-key.js";
import { mapStrings, type StringPath } from "../map-strings.js";
import type { JsonSchema } from "../provider/provider.js";

/** Keywords whose strings say how a value is built: others in their place would break the schema. */
const structural: ReadonlySet<unknown> = new Set([
  "type",
  "format",
  "pattern",
  "$ref",
  "$id",
  "$schema",
  "$anchor",
]);

/** What a schema says in words, its properties' names included where they are no plain names; in the order it is written. */
export function schemaTexts(schema: JsonSchema): readonly string[] {
  const texts: string[] = [];
  mapTexts(schema, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

/** The schema with other texts in their places. */
export function withSchemaTexts(schema: JsonSchema, texts: readonly string[]): JsonSchema {
  let place = 0;
  return mapTexts(schema, (text) => texts[place++] ?? text);
}

function mapTexts(schema: JsonSchema, change: (text: string) => string): JsonSchema {
  return mapStrings(
    schema,
    (text, path) => (isStructural(text, path) ? text : change(text)),
    (key) => (isPlainKey(key) ? key : change(key)),
  );
}

function isStructural(text: string, path: StringPath): boolean {
  const keyword = path.findLast((part) => typeof part === "string");
  // What is required is named as the property is.
  return structural.has(keyword) || (keyword === "required" && isPlainKey(text));
}
