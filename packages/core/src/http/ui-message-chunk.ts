import type { ErrorCode } from "../errors/error-table.js";
import type { ReplyMetadata, TaskReply } from "../pipeline/task-call.js";

/** What `data-error` tells a program about a stream that failed after it had begun. */
export interface StreamFailure {
  readonly code: ErrorCode;
  readonly request_id: string;
  readonly retryable: boolean;
}

/**
 * The parts of a streamed reply: the subset of the UI message stream protocol, version 1, that the gateway sends.
 * Each is one server-sent event; `[DONE]` comes after the last one, also after an `error`.
 */
export type UiMessageChunk =
  | {
      readonly type: "start";
      readonly messageId: string;
      readonly messageMetadata: { readonly request_id: string };
    }
  | { readonly type: "start-step" }
  | { readonly type: "text-start"; readonly id: string }
  | { readonly type: "text-delta"; readonly id: string; readonly delta: string }
  | { readonly type: "text-end"; readonly id: string }
  | { readonly type: "tool-input-start"; readonly toolCallId: string; readonly toolName: string }
  | { readonly type: "tool-input-delta"; readonly toolCallId: string; readonly inputTextDelta: string }
  /** A tool call is whole. */
  | {
      readonly type: "tool-input-available";
      readonly toolCallId: string;
      readonly toolName: string;
      readonly input: unknown;
    }
  /** A tool call is whole, but the model wrote no JSON; `input` is what it wrote. */
  | {
      readonly type: "tool-input-error";
      readonly toolCallId: string;
      readonly toolName: string;
      readonly input: string;
      readonly errorText: string;
    }
  /** The output so far of a task that answers in JSON; replaces the one before. */
  | { readonly type: "data-partial"; readonly id: "partial"; readonly data: object }
  /**
   * What came since `start-step` is void. Not part of the protocol's published schema, so it is sent only to clients
   * that asked for it with `x-ai-on-break: restart`.
   */
  | { readonly type: "reset-step" }
  /** The whole reply of a task that does not answer in plain text. */
  | { readonly type: "data-output"; readonly data: TaskReply<object> }
  | { readonly type: "finish-step" }
  | { readonly type: "finish"; readonly messageMetadata: ReplyMetadata }
  /** Somebody stopped the stream on purpose; comes in place of the end. */
  | { readonly type: "abort"; readonly reason: string }
  /** Comes just before `error`, which has room for a text only. */
  | { readonly type: "data-error"; readonly transient: true; readonly data: StreamFailure }
  | { readonly type: "error"; readonly errorText: string };
