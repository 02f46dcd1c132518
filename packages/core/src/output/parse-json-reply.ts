import { GatewayError } from "../errors/gateway-error.js";
import { maxJsonDepth, readLooseJson } from "./read-loose-json.js";

/**
 * Where the JSON of a reply begins: an object anywhere, a list at the very start or in a code fence. A brace in a
 * sentence is no beginning unless a key, a comment or its closing brace follows.
 */
const beginning = /^\s*(?=\[)|```[a-z]*\s*(?=\[)|(?=\{\s*(?:["'}]|\/[/*]|[\p{L}_$][\p{L}\p{N}_$-]*\s*:))/iu;

/**
 * Reads the JSON in a model's reply and mends what is sure: see `readLooseJson`. Valid JSON stays as it is. An entry
 * that the end of the text may have cut is left out, and only of a reply that is known to be cut off: elsewhere nobody
 * would notice that something is missing.
 *
 * @throws `invalid_output`
 */
export function parseJsonReply(text: string, cutOff = false): unknown {
  const strict = parseStrictly(text);
  if (strict !== undefined) return strict.value;
  const start = beginOfJson(text);
  if (start === undefined) throw refusal("The reply is not JSON.");
  const { value, end, endsAt } = readLooseJson({ text, start, cutOff });
  if (end === "broken" && !cutOff) throw refusal("The reply breaks off.");
  if (beginOfJson(text.slice(endsAt)) !== undefined) throw refusal("The reply holds more than one object.");
  return value;
}

function parseStrictly(text: string): { readonly value: unknown } | undefined {
  if (breaksOff(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // the parser's message quotes the reply
  }
  if (isTooDeep(value)) throw refusal("The reply is nested too deeply.");
  return { value };
}

function beginOfJson(text: string): number | undefined {
  const found = beginning.exec(text);
  return found === null ? undefined : found.index + found[0].length;
}

/** A look at both ends: the exception for each beginning of a reply that is still being written costs much more. */
const breaksOff = (text: string) => /^[{[]/.test(text.trimStart()) && !/[}\]]$/.test(text.trimEnd());

/** Stops at the limit, and so does the stack. */
const isTooDeep = (value: unknown, depth = 0): boolean =>
  isObject(value) &&
  (depth === maxJsonDepth || Object.values(value).some((inner) => isTooDeep(inner, depth + 1)));

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const refusal = (message: string) => new GatewayError("invalid_output", message);
