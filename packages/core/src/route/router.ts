import type { ModelPrice } from "../budget/model-price.js";
import type { ErrorCode } from "../errors/error-table.js";
import type { RawReply } from "../output/output-reader.js";
import type { DegradedReason } from "../pipeline/task-call.js";
import type { FinishReason, Message, Provider, ProviderRequest, Usage } from "../provider/provider.js";

/** A model that calls may go to. */
export interface RouteTarget {
  readonly provider: Provider;
  readonly model: string;
  /** Absent only when unpriced models are allowed; then its calls cost 0. */
  readonly price: ModelPrice | undefined;
  /** Calls to this target at a time. */
  readonly maxConcurrent: number;
}

/** How one attempt at a target went. */
export interface AttemptReport {
  readonly target: RouteTarget;
  /** `ok`, or the code it failed with. */
  readonly outcome: "ok" | ErrorCode;
  readonly durationMs: number;
  /** What the provider reported; absent when it did not get that far. */
  readonly usage: Usage | undefined;
  /** Masked text received so far, from which usage is estimated when none was reported. */
  readonly receivedText: string;
  /** What was sent after the request's own messages, when the attempt asked a model to repair its reply. */
  readonly repairMessages?: readonly Message[] | undefined;
}

/** What one call asks of the router. Everything in it is masked. */
export interface RouteRequest {
  readonly request: Omit<ProviderRequest, "model">;
  /** Skips all targets, with this reason. */
  readonly localOnly?: DegradedReason | undefined;
  /** The task's local answer, if it has one. */
  readonly local?: (() => Promise<RawReply>) | undefined;
  /** Reads a finished reply; rejects with `invalid_output` when it can't be used, and then the next target is tried. */
  readonly accept: (reply: RawReply) => Promise<void>;
  /**
   * Asked before each attempt: whether the money suffices for one more at this target, with these messages after the
   * request's own.
   */
  readonly affords: (target: RouteTarget, repairMessages?: readonly Message[]) => Promise<boolean>;
  /** Told after each attempt, whatever came of it. */
  readonly onAttempt: (report: AttemptReport) => void;
  readonly signal: AbortSignal;
}

/** The reply that was accepted, and where it came from. */
export interface RouteResult {
  readonly reply: RawReply;
  /** `length`: the model was cut off at the task's `maxOutputTokens`. Absent for a local answer. */
  readonly finishReason: FinishReason | undefined;
  readonly source: "model" | "local";
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly usage: Usage | undefined;
  readonly degraded: DegradedReason | undefined;
}

/** Finds an answer: targets in order, then the local answer. */
export interface Router {
  /** In the order they are tried. */
  readonly targets: readonly RouteTarget[];
  /**
   * Yields masked text as it may be shown and returns the accepted reply. Before the first yield a failure goes to
   * the next target unseen; after it, the failure is thrown. When the consumer stops early the provider's call is
   * aborted and still told to `onAttempt`.
   */
  route(request: RouteRequest): AsyncGenerator<string, RouteResult, void>;
}
