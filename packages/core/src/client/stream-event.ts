import type { DeepPartial } from "../deep-partial.js";
import type { TaskReply } from "../pipeline/task-call.js";

/** What a streamed call yields: the reply as it grows, then exactly one `finish`. */
export type StreamEvent<Output extends object> =
  | { readonly type: "text-delta"; readonly delta: string }
  /** The server started its answer anew: `text` replaces all text so far, and tool calls so far are void. */
  | { readonly type: "text-reset"; readonly text: string }
  | { readonly type: "tool-call-start"; readonly id: string; readonly name: string }
  /** More of a call's arguments, as JSON that is not whole yet. */
  | { readonly type: "tool-call-delta"; readonly id: string; readonly delta: string }
  /** A whole call. `input` is what the model wrote: unchecked, and a text when it is no JSON. */
  | { readonly type: "tool-call-end"; readonly id: string; readonly name: string; readonly input: unknown }
  /** Tasks that answer in JSON: the output so far. It replaces the one before, and need not continue it. */
  | { readonly type: "partial"; readonly partial: DeepPartial<Output> }
  | { readonly type: "finish"; readonly reply: TaskReply<Output> };
