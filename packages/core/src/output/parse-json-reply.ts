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

/** Level by level, so that depth costs no stack. */
function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isObject);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === maxJsonDepth) return true;
    level = level.flatMap((parent) => Object.values(parent).filter(isObject));
  }
  return false;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const refusal = (message: string) => new GatewayError("invalid_output", message);
