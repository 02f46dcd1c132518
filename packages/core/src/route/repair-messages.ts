import { isGatewayError } from "../errors/gateway-error.js";
import type { Misfit, RawReply } from "../output/output-reader.js";
import type { JsonSchema, Message } from "../provider/provider.js";
import type { RouteRequest } from "./router.js";

/** Longest reply that is sent back, characters; no task asks for nearly as much. */
const maxReplyLength = 20_000;
/** Most places that are named. */
const maxPlaces = 20;

/**
 * What asks a model, after the prompt, to repair its reply: the reply, and where it does not fit. Absent when `failure` is
 * none that a repair helps with: no misfit, a task that answers in words, nothing written, or too much.
 */
export function repairMessages(
  { responseFormat }: RouteRequest["request"],
  { text = "", cutOff }: RawReply,
  failure: unknown,
): readonly Message[] | undefined {
  if (responseFormat === undefined || !isGatewayError(failure, "invalid_output")) return undefined;
  if (text.trim() === "" || text.length > maxReplyLength) return undefined;
  const places = namedPlaces(failure.cause, responseFormat.schema);
  const content = [
    "Your last reply can't be used.",
    ...(cutOff ? ["It was too long and broke off; write less."] : []),
    ...(places.length > 0 ? [`It does not fit the JSON schema at: ${places.join(", ")}.`] : []),
    "Answer again with one complete JSON value that fits the schema, and nothing else.",
  ].join(" ");
  return [
    { role: "assistant", content: text },
    { role: "user", content },
  ];
}

/** Dotted paths. A key that the schema does not have is somebody's content, and stands as `*`. */
function namedPlaces(cause: unknown, schema: JsonSchema): readonly string[] {
  if (!isMisfit(cause)) return [];
  const keys = schemaKeys(schema);
  const named = cause.places
    .slice(0, maxPlaces)
    .map((place) => place.map((key) => (typeof key === "number" || keys.has(key) ? key : "*")).join("."));
  return [...new Set(named)].map((place) => place || "the root");
}

function isMisfit(cause: unknown): cause is Misfit {
  const places: unknown =
    typeof cause === "object" && cause !== null ? Reflect.get(cause, "places") : undefined;
  return Array.isArray(places) && places.every(Array.isArray);
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
