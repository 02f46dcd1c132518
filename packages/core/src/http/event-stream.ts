import type { AnyTask } from "../define-task.js";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { TaskEvent } from "../pipeline/task-call.js";
import { publicFailure } from "./error-reply.js";
import { createEventChunks } from "./event-chunks.js";
import type { StoredEvent } from "./stream-store.js";
import type { UiMessageChunk } from "./ui-message-chunk.js";

/** What the reply of a stream says before its first event. */
export const eventStreamHeaders = (
  requestId: string,
  more: Readonly<Record<string, string>>,
): Record<string, string> => ({
  "content-type": "text/event-stream; charset=utf-8",
  // no-transform also keeps compression middleware from collecting events.
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
  "x-vercel-ai-ui-message-stream": "v1",
  "x-request-id": requestId,
  ...more,
});

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
  /** That of all its events. */
  readonly text: string;
  /** Whether the stream ends with it. */
  readonly isLast: boolean;
}

/** The batches of one stream; to be asked for one at a time. */
export interface EventBatches {
  /** Nothing after the last one. */
  next(): Promise<EventBatch | undefined>;
  /** Ends the task's events. */
  close(): Promise<void>;
}

/**
 * Encodes a task's events as server-sent events of the UI message stream protocol; live and replayed streams are these.
 * The first batch begins with `start`, the last ends with `[DONE]`. A failure does not throw: it becomes `data-error` and
 * `error`, a stop becomes `abort`, so no client can take a broken stream for a finished one.
 */
export function encodeEvents(source: EventSource): EventBatches {
  const { task, requestId, events, signal } = source;
  const chunksOf = createEventChunks(task);
  const encode = batchEncoder(requestId);
  let isOver = false;
  async function close(): Promise<void> {
    await events.return?.();
  }

  return {
    async next() {
      if (isOver) {
        await close();
        return undefined;
      }
      try {
        signal.throwIfAborted();
        const { done, value } = await events.next();
        const isLast = done !== true && value.type === "finish";
        if (!isLast) signal.throwIfAborted();
        if (done === true) throw new GatewayError("internal", "The task's events ended without a reply.");
        const batch = encode(chunksOf(value), isLast);
        isOver = isLast;
        return batch;
      } catch (cause) {
        isOver = true;
        const error = abortedOr(cause, signal);
        source.onFailure(error);
        return encode(source.isStopped() ? [stopChunk] : failureChunks(error, requestId), true);
      }
    },
    close,
  };
}

/** Makes a function that writes a stream's batches, in their order: it numbers the events, and opens with the first. */
function batchEncoder(requestId: string) {
  let lastId = 0;
  let opening = openingChunks(requestId);
  return (chunks: readonly UiMessageChunk[], isLast: boolean): EventBatch => {
    const events: StoredEvent[] = [];
    let text = "";
    const add = (data: string) => {
      const id = lastId + events.length + 1;
      const event = { id, text: `id: ${id}\ndata: ${data}\n\n` };
      events.push(event);
      text += event.text;
    };
    for (const chunk of opening) add(JSON.stringify(chunk));
    for (const chunk of chunks) add(JSON.stringify(chunk));
    if (isLast) add(done);
    // Only now: a chunk that is no JSON leaves the stream where it was, for its failure.
    opening = [];
    lastId += events.length;
    return { events, text, isLast };
  };
}

/** What is thrown once a call is aborted may be anything. */
const abortedOr = (error: unknown, signal: AbortSignal): unknown =>
  isGatewayError(error) || !signal.aborted
    ? error
    : new GatewayError("aborted", "The call was aborted.", { cause: error });

/** The end of a replay that can't go on. Without ids: it is not a part of the stream. */
export const encodeFailure = (error: unknown, requestId: string): string =>
  [...failureChunks(error, requestId).map((chunk) => JSON.stringify(chunk)), done]
    .map((data) => `data: ${data}\n\n`)
    .join("");

const done = "[DONE]";
const stopChunk: UiMessageChunk = { type: "abort", reason: "The stream was stopped." };

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
