import type { AnyTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { TaskEvent, TaskReply } from "../pipeline/task-call.js";
import { publicFailure } from "./error-reply.js";
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

/** A task's events, of which the first is already there. */
export interface StartedEvents {
  readonly task: AnyTask;
  readonly requestId: string;
  readonly first: TaskEvent<object>;
  readonly rest: AsyncIterator<TaskEvent<object>, void, void>;
  /** Is told of the failure that ends the stream. */
  onFailure(error: unknown): void;
}

/**
 * Encodes a task's events as server-sent events of the UI message stream protocol. A failure does not throw: it
 * becomes `data-error` and `error`, so no client can take a broken stream for a finished one.
 */
export async function* encodeEvents(started: StartedEvents): AsyncGenerator<string, void, void> {
  const { task, requestId, rest } = started;
  let textBegan = false;
  let opening = frames(
    { type: "start", messageId: crypto.randomUUID(), messageMetadata: { request_id: requestId } },
    { type: "start-step" },
  );
  try {
    let next: IteratorResult<TaskEvent<object>, void> = { done: false, value: started.first };
    for (; next.done !== true; next = await rest.next()) {
      const event = next.value;
      if (event.type === "finish") {
        yield opening + frames(...closingChunks(task, event.reply, textBegan)) + doneFrame;
        return;
      }
      if (event.type !== "text-delta") continue;
      if (!textBegan) opening += frames({ type: "text-start", id: textId });
      textBegan = true;
      yield opening + frames({ type: "text-delta", id: textId, delta: event.delta });
      opening = "";
    }
    throw endedWithoutReply();
  } catch (error) {
    started.onFailure(error);
    yield opening + frames(...failureChunks(error, requestId)) + doneFrame;
  } finally {
    await rest.return?.();
  }
}

/** The defect of a gateway whose events end too early. */
export const endedWithoutReply = () =>
  new GatewayError("internal", "The task's events ended without a reply.");

const textId = "text-1";
const doneFrame = "data: [DONE]\n\n";

const frames = (...chunks: readonly UiMessageChunk[]) =>
  chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("");

function closingChunks(task: AnyTask, reply: TaskReply<object>, textBegan: boolean): UiMessageChunk[] {
  return [
    ...(isPlainReply(task, reply) ? [] : [{ type: "data-output" as const, data: reply }]),
    ...(textBegan ? [] : wholeText(task, reply)),
    ...(textBegan || task.textField !== undefined ? [{ type: "text-end" as const, id: textId }] : []),
    { type: "finish-step" },
    { type: "finish", messageMetadata: reply.metadata },
  ];
}

/** Whether the text is all of the output, under its usual name: then a client needs nothing more to know it. */
const isPlainReply = (task: AnyTask, reply: TaskReply<object>) =>
  task.textField === "reply" && Object.keys(reply).every((key) => plainReplyKeys.includes(key));
const plainReplyKeys = ["success", "reply", "metadata"];

/** The text of a reply that came in one piece. */
function wholeText(task: AnyTask, reply: TaskReply<object>): UiMessageChunk[] {
  if (task.textField === undefined) return [];
  const text: unknown = (reply as Readonly<Record<string, unknown>>)[task.textField];
  return [
    { type: "text-start", id: textId },
    { type: "text-delta", id: textId, delta: String(text) },
  ];
}

function failureChunks(error: unknown, requestId: string): UiMessageChunk[] {
  const { code, retryable, message } = publicFailure(error);
  return [
    { type: "data-error", transient: true, data: { code, request_id: requestId, retryable } },
    { type: "error", errorText: message },
  ];
}
