import type { Misfit } from "../output/output-reader.js";
import type { JsonSchema } from "../provider/provider.js";

/** Most places that are named. */
const maxPlaces = 20;
/** A task's schema is the same object at each reply. */
const keysBySchema = new WeakMap<JsonSchema, ReadonlySet<string>>();

/** The places where a reply does not fit, as dotted paths. A key that the schema does not have is somebody's content, and stands as `*`. */
export function namedPlaces(places: Misfit["places"], schema: JsonSchema): readonly string[] {
  const keys = keysBySchema.get(schema) ?? schemaKeys(schema);
  keysBySchema.set(schema, keys);
  const named = places
    .slice(0, maxPlaces)
    .map((place) => place.map((key) => (typeof key === "number" || keys.has(key) ? key : "*")).join("."));
  return [...new Set(named)].map((place) => place || "the root");
}

/** Every property that the schema names, at any depth. */
function schemaKeys(schema: JsonSchema): ReadonlySet<string> {
  const keys = new Set<string>();
  const seen = new Set<unknown>();
  const open: unknown[] = [schema];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (typeof part !== "object" || part === null || seen.has(part)) continue;
    seen.add(part);
    for (const [key, inner] of Object.entries(part)) {
      if (key === "properties") for (const property of Object.keys(Object(inner))) keys.add(property);
      open.push(inner);
    }
  }
  return keys;
}
