import { GatewayError } from "../errors/gateway-error.js";
import { checkTextComplexity, checkValueComplexity, withoutUnsafeKeys } from "./json-complexity.js";
import type { RequestBody } from "./request-body.js";

/** Any way to write an unsafe key, escapes included: text without a match needs no cleaning. */
const mayHoldUnsafeKey = /__proto__|constructor|prototype|\\u/;

/**
 * Reads the body as a JSON object that is safe to walk.
 *
 * @throws `payload_too_large`, `invalid_request`, `too_complex`, `invalid_json`, in this order; `aborted` when the
 * body breaks off. No message quotes the body.
 */
export async function readInput(body: RequestBody): Promise<object> {
  const parsed = body.parsed();
  const value = parsed === undefined ? parse(decode(await body.bytes())) : cleanValue(parsed.value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw notAnObject();
  return value;
}

function cleanValue(value: unknown): unknown {
  checkValueComplexity(value);
  return withoutUnsafeKeys(value);
}

function parse(text: string): unknown {
  if (text.trim() === "") throw notAnObject();
  checkTextComplexity(text);
  const value = parseJson(text);
  return mayHoldUnsafeKey.test(text) ? withoutUnsafeKeys(value) : value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the input, so it is not even kept as a cause.
    throw new GatewayError("invalid_json", "The body is not valid JSON.");
  }
}

/** Without a byte order mark; what is no UTF-8 becomes U+FFFD. */
const decode = (bytes: Uint8Array): string => decoder.decode(bytes);
const decoder = new TextDecoder();

const notAnObject = () => new GatewayError("invalid_request", "The body must be a JSON object.");
