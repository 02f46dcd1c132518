import { APIError } from "openai";
import type { ChatCompletionChunk } from "openai/resources/chat/completions";
import { createSseParser } from "../client/sse-parser.js";
import { GatewayError } from "../errors/gateway-error.js";
import { createPieceDecoder } from "./piece-decoder.js";

/** Longest event that is waited for: an endless one must not fill the memory. */
const maxEventBytes = 4_194_304;

/**
 * The chunks of a streamed answer, as the SDK would read them at a third of the cost. What comes after `[DONE]` is no
 * chunk, but is waited for: the connection can then be used again.
 *
 * @throws the SDK's error for one that the server reports in the stream, a `SyntaxError` for what is no JSON,
 * `provider_malformed` for an event that is too long
 */
export async function* openAiChunks({ body, headers }: Response): AsyncGenerator<ChatCompletionChunk, void> {
  const decode = createPieceDecoder();
  const parse = createSseParser();
  let isDone = false;
  let openBytes = 0;
  for await (const bytes of body ?? []) {
    const events = parse(decode(bytes));
    openBytes = events.length > 0 ? 0 : openBytes + bytes.byteLength;
    if (openBytes > maxEventBytes)
      throw new GatewayError("provider_malformed", "An event of the reply is longer than any reply may be.");
    for (const { data } of events) {
      isDone ||= data.startsWith("[DONE]");
      if (isDone) continue;
      const chunk = JSON.parse(data);
      if (chunk?.error) throw new APIError(undefined, chunk.error, undefined, headers);
      yield chunk;
    }
  }
}
