import type { CallGuard } from "./call-guard.js";
import { isClientError } from "./client-error.js";
import { isEventStream, readReplyText } from "./read-reply-text.js";

/** Connects a broken stream again, after the event of that number; gives nothing when that is not possible. */
export type Reconnect = (lastEventId: number) => Promise<AsyncIterable<string> | undefined>;

/** What {@link createReconnect} takes. */
export interface ReconnectOptions {
  /** How often to try before giving up; each new event starts the count again. @default 3 */
  readonly tries?: number | undefined;
  readonly guard: CallGuard;
  /** Asks the server for what comes after that event; absent where there is nowhere to ask. */
  readonly open?: ((lastEventId: number) => Promise<Response>) | undefined;
}

const firstDelayMs = 500;

/**
 * Tries again after about 0.5, 1, 2 … seconds while the server can't be reached or is unwell.
 *
 * @throws `aborted`, `timeout`, `headers_failed`
 */
export function createReconnect({ tries = 3, guard, open }: ReconnectOptions): Reconnect {
  let tried = 0;
  let reached = 0;
  return async (lastEventId) => {
    if (lastEventId > reached) tried = 0;
    reached = lastEventId;
    while (open && tried < tries) {
      // Half of it by chance: the pages that a restarted server has lost do not come back all at once.
      await guard.pause(firstDelayMs * 2 ** tried++ * (0.5 + Math.random() / 2));
      const response = await open(lastEventId).catch((error) => {
        if (isClientError(error)) throw error;
        return undefined;
      });
      if (response && isEventStream(response)) return readReplyText(response, guard);
      response?.body?.cancel().catch(() => {});
      if (response && response.status < 500 && response.status !== 429) return undefined;
    }
    return undefined;
  };
}
