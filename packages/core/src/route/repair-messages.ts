import { isGatewayError } from "../errors/gateway-error.js";
import { namedPlaces } from "../errors/named-places.js";
import type { Misfit, RawReply } from "../output/output-reader.js";
import type { Message } from "../provider/provider.js";
import type { RouteRequest } from "./router.js";

/** Longest reply that is sent back, characters; no task asks for nearly as much. */
const maxReplyLength = 20_000;

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
  const places = isMisfit(failure.cause) ? namedPlaces(failure.cause.places, responseFormat.schema) : [];
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

function isMisfit(cause: unknown): cause is Misfit {
  const places: unknown =
    typeof cause === "object" && cause !== null ? Reflect.get(cause, "places") : undefined;
  return Array.isArray(places) && places.every(Array.isArray);
}
