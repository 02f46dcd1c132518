import type { DeepPartial } from "../deep-partial.js";
import type { KnownValues } from "../mask/known-values.js";
import type { TextOrToolEvent } from "../provider/provider.js";
import type { LimitState } from "../rate-limit/rate-limiter.js";

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
  /** Names of the targets this call may go to, in order; an empty list allows none. @default its task's routes */
  readonly targets?: readonly string[] | undefined;
  /**
   * What happens when a stream breaks after text was shown: `terminate` ends it with the error, `restart` yields a
   * `reset` and answers anew. @default "terminate"
   */
  readonly onBreak?: OnBreak | undefined;
  /**
   * Names the conversation that the call is part of, unique within the tenant; with a masker that has a `key`, the same
   * value has the same placeholder throughout it. Over HTTP the id of a `useChat` chat names it, or the header
   * `x-ai-conversation`, for that caller and task only. @default none
   */
  readonly conversation?: string | undefined;
  /**
   * Values of this call that the masker always hides: the user's name, their customer number. Over HTTP the handler's
   * option of the same name looks them up. @default none
   */
  readonly known?: KnownValues | undefined;
  /** Told what is left of each limit once the call is admitted: for headers. @default none */
  readonly onAdmitted?: ((limits: readonly LimitState[]) => void) | undefined;
}

/** What happens to a stream that breaks after text was shown. */
export type OnBreak = "terminate" | "restart";

/** Where a reply came from. */
export type ReplySource = "model" | "cache" | "local";

/** Why a reply is a local one although a model's was wanted. `blocked`: a filter or the canary withheld the model's. */
export type DegradedReason =
  | "no_provider"
  | "provider_down"
  | "budget"
  | "store_unavailable"
  | "kill_switch"
  | "invalid_output"
  | "blocked";

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

/** What `gateway.stream()` yields: the reply as it grows, then exactly one `finish`. */
export type TaskEvent<Output extends object> =
  | ReplyPart<Output>
  | { readonly type: "finish"; readonly reply: TaskReply<Output> };

/** A part of a reply that grows. */
export type ReplyPart<Output extends object> =
  | TextOrToolEvent
  /**
   * Tasks that answer in JSON: the output so far, of which every value is whole and of its type. Replaces the one
   * before, and need not continue it: another model may have taken over.
   */
  | { readonly type: "partial"; readonly partial: DeepPartial<Output> }
  /** With `onBreak: "restart"`: what came so far is void, the answer begins anew. */
  | { readonly type: "reset" };
