import { createClientError, isClientError } from "./client-error.js";
import { errorFromReply } from "./error-from-reply.js";
import { replyFromRecord } from "./reply-from-record.js";
import { createSseParser } from "./sse-parser.js";
import type { StreamEvent } from "./stream-event.js";
import { createUiMessage } from "./ui-message.js";

/**
 * Reads a UI message stream (v1). Text that arrived together comes as one event. After `finish` it reads on to the
 * stream's end, so that the server does not see a disconnect.
 *
 * @throws `stream_cut` when it ends or breaks without `finish`, `malformed_reply`, or the code that the server sent
 */
export async function* readUiStream(
  chunks: AsyncIterable<string>,
): AsyncGenerator<StreamEvent<object>, void> {
  const parse = createSseParser();
  const message = createUiMessage();
  let told = "";
  let finished = false;
  let ended = false;
  try {
    for await (const chunk of chunks) {
      for (const data of parse(chunk)) {
        if (data === "[DONE]") ended = true;
        else message.read(data);
      }
      const { text } = message;
      if (!text.startsWith(told)) yield { type: "text-reset", text };
      else if (text !== told) yield { type: "text-delta", delta: text.slice(told.length) };
      told = text;
      if (message.reply && !finished) {
        finished = true;
        yield { type: "finish", reply: replyFromRecord(message.reply) };
      }
      if (ended) break;
    }
  } catch (error) {
    // What the server said about its failure beats how the connection ended after it; a finished reply beats both.
    if (!finished && !message.failure) {
      throw isClientError(error) ? error : createClientError({ code: "stream_cut", cause: error });
    }
  }
  if (finished) return;
  if (message.failure) throw errorFromReply({ body: message.failure });
  throw createClientError({ code: "stream_cut" });
}
