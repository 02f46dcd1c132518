import { createClientError, isClientError } from "./client-error.js";
import { errorFromReply } from "./error-from-reply.js";
import type { Reconnect } from "./reconnect.js";
import { replyFromRecord } from "./reply-from-record.js";
import { createSseParser, type SseEvent } from "./sse-parser.js";
import type { StreamEvent } from "./stream-event.js";
import { createUiMessage, type ToolCallEvent, type UiMessage } from "./ui-message.js";

/**
 * Reads a UI message stream (v1). Text that arrived together comes as one event. After `finish` it reads on to the
 * stream's end, so that the server does not see a disconnect. A connection that breaks goes on with `reconnect`.
 *
 * @throws `stream_cut` when it ends or breaks without `finish`, `malformed_reply`, or the code that the server sent
 */
export async function* readUiStream(
  chunks: AsyncIterable<string>,
  reconnect: Reconnect = async () => undefined,
): AsyncGenerator<StreamEvent<object>, void> {
  const message = createUiMessage();
  const news = createNews(message);
  const inOrder = createOrder();
  let cause: unknown;
  for (let connection: AsyncIterable<string> | undefined = chunks; connection; ) {
    const parse = createSseParser();
    let ended = false;
    try {
      for await (const chunk of connection) {
        for (const event of parse(chunk)) {
          if (!inOrder.accepts(event)) continue;
          if (event.data === "[DONE]") ended = true;
          else yield* news.before(message.read(event.data));
        }
        yield* news.now();
        if (ended) break;
      }
    } catch (error) {
      // What the server said about its failure beats how the connection ended after it; a finished reply beats both.
      if (!message.reply && !message.failure && isClientError(error)) throw error;
      cause = error;
    }
    if (message.reply) return;
    if (message.failure) throw errorFromReply({ body: message.failure });
    connection = ended || inOrder.last === 0 ? undefined : await reconnect(inOrder.last);
  }
  throw createClientError({ code: "stream_cut", cause });
}

/** Sees to it that numbered events are taken in once each, and that none is missing. */
function createOrder() {
  let last = 0;
  return {
    get last() {
      return last;
    },
    accepts({ id }: SseEvent): boolean {
      if (id === undefined) return true;
      if (id <= last) return false;
      if (id > last + 1) throw createClientError({ code: "stream_cut" });
      last = id;
      return true;
    },
  };
}

/** Tells what is new in a message since it was last asked. */
function createNews(message: UiMessage) {
  let { text, resets, partial, reply } = message;
  function* now(): Generator<StreamEvent<object>, void> {
    if (message.resets !== resets) yield { type: "text-reset", text: message.text };
    else if (message.text !== text) yield { type: "text-delta", delta: message.text.slice(text.length) };
    if (message.partial && message.partial !== partial) yield { type: "partial", partial: message.partial };
    const isFinished = message.reply !== reply;
    ({ text, resets, partial, reply } = message);
    if (isFinished && reply) yield { type: "finish", reply: replyFromRecord(reply) };
  }
  return {
    now,
    /** A tool call keeps its place between the texts. */
    *before(event: ToolCallEvent | undefined): Generator<StreamEvent<object>, void> {
      if (!event) return;
      yield* now();
      yield event;
    },
  };
}
