import type { CallGuard } from "./call-guard.js";
import { errorFromResponse } from "./error-from-response.js";
import { isEventStream, readRecord, readReplyText } from "./read-reply-text.js";
import { readUiStream } from "./read-ui-stream.js";
import type { Reconnect } from "./reconnect.js";
import { replyFromRecord } from "./reply-from-record.js";
import type { StreamEvent } from "./stream-event.js";

/**
 * Reads a reply, whichever form it has: a gateway may answer a stream request in JSON (an error before the start, or a
 * proxy that does not stream).
 */
export async function* readReply(
  response: Response,
  guard: CallGuard,
  reconnect: Reconnect,
): AsyncGenerator<StreamEvent<object>, void> {
  if (isEventStream(response)) return yield* readUiStream(readReplyText(response, guard), reconnect);
  if (!response.ok) throw await errorFromResponse(response, guard);
  yield { type: "finish", reply: replyFromRecord(await readRecord(response, guard)) };
}
