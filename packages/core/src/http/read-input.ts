import { GatewayError } from "../errors/gateway-error.js";
import type { ExchangeBody, HttpExchange } from "./exchange.js";
import { checkTextComplexity, checkValueComplexity, withoutUnsafeKeys } from "./json-complexity.js";

/** Any way to write an unsafe key, escapes included: text without a match needs no cleaning. */
const mayHoldUnsafeKey = /__proto__|constructor|prototype|\\u/;

/**
 * Reads the body as a JSON object that is safe to walk.
 *
 * @throws `payload_too_large`, `invalid_request`, `too_complex`, `invalid_json`, in this order; `aborted` when the
 * body breaks off. No message quotes the body.
 */
export async function readInput(
  { body, headers }: Pick<HttpExchange, "body" | "headers">,
  maxBodyBytes: number,
): Promise<object> {
  if (Number(headers["content-length"] ?? 0) > maxBodyBytes) throw tooLarge(maxBodyBytes);
  const value = body.kind === "parsed" ? cleanValue(body.value) : parse(await readText(body, maxBodyBytes));
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

async function readText(
  body: Extract<ExchangeBody, { kind: "stream" }>,
  maxBodyBytes: number,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for await (const chunk of body.chunks) {
      bytes += chunk.byteLength;
      if (bytes > maxBodyBytes) break;
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (cause) {
    throw new GatewayError("aborted", "The request ended before its body was complete.", { cause });
  }
  if (bytes > maxBodyBytes) throw tooLarge(maxBodyBytes);
  return text + decoder.decode();
}

const tooLarge = (limitBytes: number) =>
  new GatewayError("payload_too_large", `The body is larger than the limit of ${limitBytes} bytes.`, {
    details: { limitBytes },
  });

const notAnObject = () => new GatewayError("invalid_request", "The body must be a JSON object.");
