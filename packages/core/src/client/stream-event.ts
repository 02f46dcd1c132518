import type { TaskReply } from "../pipeline/task-call.js";

/** What a streamed call yields: text as it arrives (text tasks only), then exactly one `finish`. */
export type StreamEvent<Output extends object> =
  | { readonly type: "text-delta"; readonly delta: string }
  /** The server started its answer anew (another provider took over): `text` replaces all text so far. */
  | { readonly type: "text-reset"; readonly text: string }
  | { readonly type: "finish"; readonly reply: TaskReply<Output> };
