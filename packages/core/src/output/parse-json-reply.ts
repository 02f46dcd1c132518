import { GatewayError } from "../errors/gateway-error.js";

/**
 * Reads the JSON in a model's reply. Models wrap it in code fences or a sentence now and then, so what stands between
 * the first brace and the last one counts.
 *
 * @throws `invalid_output`
 */
export function parseJsonReply(text: string): unknown {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  try {
    return JSON.parse(start >= 0 && end > start ? text.slice(start, end + 1) : text);
  } catch {
    throw new GatewayError("invalid_output", "The reply is not JSON."); // no cause: its message quotes the reply
  }
}
