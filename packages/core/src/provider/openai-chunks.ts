import { APIError } from "openai";
import type { ChatCompletionChunk } from "openai/resources/chat/completions";
import { createSseParser } from "../client/sse-parser.js";

/**
 * The chunks of a streamed answer, as the SDK would read them at a third of the cost. What comes after `[DONE]` is no
 * chunk, but is waited for: the connection can then be used again.
 *
 * @throws the SDK's error for one that the server reports in the stream, a `SyntaxError` for what is no JSON
 */
export async function* openAiChunks({ body, headers }: Response): AsyncGenerator<ChatCompletionChunk, void> {
  const decoder = new TextDecoder();
  const parse = createSseParser();
  let isDone = false;
  for await (const bytes of body ?? []) {
    for (const { data } of parse(decoder.decode(bytes, { stream: true }))) {
      isDone ||= data.startsWith("[DONE]");
      if (isDone) continue;
      const chunk = JSON.parse(data);
      if (chunk?.error) throw new APIError(undefined, chunk.error, undefined, headers);
      yield chunk;
    }
  }
}
