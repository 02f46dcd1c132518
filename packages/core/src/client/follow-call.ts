import type { CallGuard } from "./call-guard.js";
import { asClientError } from "./client-error.js";
import type { AiClientOptions, ClientCall } from "./create-ai-client.js";
import { readReply } from "./read-reply.js";
import { createReconnect } from "./reconnect.js";
import type { StreamEndpoint } from "./stream-endpoint.js";
import type { StreamEvent } from "./stream-event.js";

/** A call that is about to be read. */
export interface FollowedCall {
  readonly call: ClientCall;
  readonly guard: CallGuard;
  /** Where its stream is; absent for a call that asks for no stream. */
  readonly endpoint: StreamEndpoint | undefined;
  readonly tries: AiClientOptions["reconnect"];
  /** The reply, once it begins. */
  response(): Response | Promise<Response>;
}

/** Reads a reply to its end. A stream ends at the server too when its reader stops it or leaves the loop. */
export async function* followCall(followed: FollowedCall): AsyncGenerator<StreamEvent<object>, void> {
  const { call, guard, endpoint, tries } = followed;
  const open = endpoint && ((lastEventId: number) => endpoint.open(guard, lastEventId));
  // Nothing was sent for a call that was stopped before it began.
  let isOver = call.signal?.aborted === true;
  try {
    const response = await followed.response();
    for await (const event of readReply(response, guard, createReconnect({ tries, guard, open }))) {
      isOver = event.type === "finish";
      yield event;
    }
    isOver = true;
  } catch (error) {
    isOver ||= !call.signal?.aborted;
    throw asClientError(error);
  } finally {
    guard.end();
    if (!isOver && !call.leaveSignal?.aborted) endpoint?.stopSilently();
  }
}
