/** Who asks. Comes from the host application's own authentication, never from a request body. */
export interface Caller {
  readonly tenantId?: string | undefined;
  readonly userId?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  /** Client address, for limits by IP. */
  readonly ip?: string | undefined;
}

/** What accompanies one call besides its input. */
export interface TaskCall {
  /** @default {} (anonymous) */
  readonly caller?: Caller | undefined;
  /** Aborts the call, the provider's request included. */
  readonly signal?: AbortSignal | undefined;
  /** Names the call in logs, audit and traces. @default a random UUID */
  readonly requestId?: string | undefined;
}

/** Where a reply came from. */
export type ReplySource = "model" | "cache" | "local";

/** Why a reply is a local one although a model's was wanted. */
export type DegradedReason = "no_provider" | "provider_down" | "budget" | "kill_switch" | "invalid_output";

/** What every reply says about itself, with its wire names. */
export interface ReplyMetadata {
  readonly request_id: string;
  readonly source: ReplySource;
  /** Absent for a local answer. */
  readonly provider?: string;
  readonly model?: string;
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number };
  /** What the provider's calls of this request cost; 0 for local and cached replies. */
  readonly cost_usd: number;
  readonly duration_ms: number;
  /** Present when a local answer stands in for a model's. */
  readonly degraded?: DegradedReason;
  /** Present when the model was cut off at the task's `maxOutputTokens`. */
  readonly cut_off?: true;
  /** Input fields that were cut at the length limit. */
  readonly truncated?: readonly string[];
}

/** A task's output with the two fields that every reply has. */
export type TaskReply<Output extends object> = { readonly success: true } & Output & {
    readonly metadata: ReplyMetadata;
  };

/** What `gateway.stream()` yields: text as it arrives (text tasks only), then exactly one `finish`. */
export type TaskEvent<Output extends object> =
  | { readonly type: "text-delta"; readonly delta: string }
  | { readonly type: "finish"; readonly reply: TaskReply<Output> };
