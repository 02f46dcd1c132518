import type { AnyTask } from "../define-task.js";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { TaskEvent } from "../pipeline/task-call.js";
import { publicFailure } from "./error-reply.js";
import { createEventChunks } from "./event-chunks.js";
import type { StoredEvent } from "./stream-store.js";
import type { UiMessageChunk } from "./ui-message-chunk.js";

/** What the reply of a stream says before its first event. */
export const eventStreamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  // no-transform also keeps compression middleware from collecting events.
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
  "x-vercel-ai-ui-message-stream": "v1",
} as const;

/** One call's events. */
export interface EventSource {
  readonly task: AnyTask;
  readonly requestId: string;
  readonly events: AsyncIterator<TaskEvent<object>, void, void>;
  /** The call's own. Once it is aborted nothing more is taken but a `finish`. */
  readonly signal: AbortSignal;
  /** Whether somebody stopped the stream on purpose. */
  isStopped(): boolean;
  /** Is told of the failure that ends the stream. */
  onFailure(error: unknown): void;
}

/** What one task event became. */
export interface EventBatch {
  readonly events: readonly StoredEvent[];
  /** Whether the stream ends with it. */
  readonly isLast: boolean;
}

/**
 * Encodes a task's events as server-sent events of the UI message stream protocol; live and replayed streams are these.
 * The first batch begins with `start`, the last ends with `[DONE]`. A failure does not throw: it becomes `data-error` and
 * `error`, a stop becomes `abort`, so no client can take a broken stream for a finished one.
 */
export async function* encodeEvents(source: EventSource): AsyncGenerator<EventBatch, void, void> {
  const { task, requestId, events } = source;
  const chunksOf = createEventChunks(task);
  let lastId = 0;
  let opening = openingChunks(requestId);
  const batch = (chunks: readonly UiMessageChunk[], isLast: boolean): EventBatch => {
    const data = [...opening, ...chunks].map((chunk) => JSON.stringify(chunk));
    opening = [];
    const numbered = [...data, ...(isLast ? [done] : [])].map((each) => {
      lastId += 1;
      return { id: lastId, text: `id: ${lastId}\ndata: ${each}\n\n` };
    });
    return { events: numbered, isLast };
  };
  try {
    for (;;) {
      const event = await nextEvent(source);
      const isLast = event.type === "finish";
      yield batch(chunksOf(event), isLast);
      if (isLast) return;
    }
  } catch (error) {
    source.onFailure(error);
    yield batch(source.isStopped() ? [stopChunk] : failureChunks(error, requestId), true);
  } finally {
    await events.return?.();
  }
}

/** The end of a replay that can't go on. Without ids: it is not a part of the stream. */
export const encodeFailure = (error: unknown, requestId: string): string =>
  [...failureChunks(error, requestId).map((chunk) => JSON.stringify(chunk)), done]
    .map((data) => `data: ${data}\n\n`)
    .join("");

const done = "[DONE]";
const stopChunk: UiMessageChunk = { type: "abort", reason: "The stream was stopped." };

async function nextEvent({ events, signal }: EventSource): Promise<TaskEvent<object>> {
  try {
    signal.throwIfAborted();
    const next = await events.next();
    if (next.done !== true && next.value.type === "finish") return next.value;
    signal.throwIfAborted();
    if (next.done !== true) return next.value;
  } catch (error) {
    if (isGatewayError(error) || !signal.aborted) throw error;
    throw new GatewayError("aborted", "The call was aborted.", { cause: error });
  }
  throw new GatewayError("internal", "The task's events ended without a reply.");
}

const openingChunks = (requestId: string): UiMessageChunk[] => [
  { type: "start", messageId: crypto.randomUUID(), messageMetadata: { request_id: requestId } },
  { type: "start-step" },
];

function failureChunks(error: unknown, requestId: string): UiMessageChunk[] {
  const { code, retryable, message } = publicFailure(error);
  return [
    { type: "data-error", transient: true, data: { code, request_id: requestId, retryable } },
    { type: "error", errorText: message },
  ];
}
