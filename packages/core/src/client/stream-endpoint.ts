import { type CallGuard, createCallGuard } from "./call-guard.js";
import type { AiClientOptions } from "./create-ai-client.js";
import { errorFromResponse } from "./error-from-response.js";
import { sendRequest } from "./send-request.js";
import { taskPath } from "./task-path.js";

/** Where the stream of one call can be read again, or stopped. */
export interface StreamEndpoint {
  /** Asks for its events after that one; for all without. The reply is a 204 when it is not there. */
  open(guard: CallGuard, lastEventId?: number): Promise<Response>;
  /** Stops it at the server. @throws ClientError, and whatever `fetch` does */
  stop(): Promise<void>;
  /** Stops it, and lets nobody wait for that or hear of a failure: the server sees the connection end anyway. */
  stopSilently(): void;
}

/** The endpoint for the call that `requestId` names. */
export function streamEndpoint(options: AiClientOptions, task: string, requestId: string): StreamEndpoint {
  const path = `${taskPath(task, options.paths)}/${encodeURIComponent(requestId)}/stream`;

  async function stop(): Promise<void> {
    const guard = createCallGuard(options.timeoutMs);
    try {
      const response = await sendRequest(options, { method: "DELETE", path }, guard);
      if (!response.ok) throw await errorFromResponse(response, guard);
    } finally {
      guard.end();
    }
  }

  return {
    open(guard, lastEventId) {
      const after = lastEventId === undefined ? {} : { "last-event-id": String(lastEventId) };
      const headers = { accept: "text/event-stream", ...after };
      return sendRequest(options, { method: "GET", path, headers }, guard);
    },
    stop,
    stopSilently: () => void stop().catch(() => {}),
  };
}
