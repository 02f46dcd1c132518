import type { ModelPrice } from "../budget/model-price.js";
import type { ErrorCode } from "../errors/error-table.js";
import type { RawReply } from "../output/output-reader.js";
import type { Caller, DegradedReason, OnBreak } from "../pipeline/task-call.js";
import type {
  FinishReason,
  Message,
  Provider,
  ProviderRequest,
  TextOrToolEvent,
  Usage,
} from "../provider/provider.js";
import type { Routes } from "./routes.js";

/** A model that calls may go to. */
export interface RouteTarget {
  /** Unique in the gateway. */
  readonly name: string;
  readonly provider: Provider;
  readonly model: string;
  /** Absent only when unpriced models are allowed; then its calls cost 0. */
  readonly price: ModelPrice | undefined;
  /** Its price is not known: it is `assumed`, or its calls count as `free`. @default known */
  readonly unpriced?: "assumed" | "free" | undefined;
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
  /** Masked text, tool names and arguments received so far, from which usage is estimated when none was reported. */
  readonly receivedText: string;
  /** What an operator reads about a failure; holds nothing of the request or the reply. */
  readonly problem?: string | undefined;
  /** What was sent after the request's own messages, when the attempt asked a model to repair its reply. */
  readonly repairMessages?: readonly Message[] | undefined;
}

/** What the cost of an attempt depends on besides its target. */
export interface PlannedAttempt {
  /** What is sent after the request's own messages, when it is to repair a reply. */
  readonly repairMessages?: readonly Message[] | undefined;
  /** How many attempts at the target will then run side by side, this one among them. @default 1 */
  readonly parallel?: number | undefined;
}

/** What decides where a call may go. */
export interface RoutedCall {
  readonly task: string;
  readonly caller: Caller;
  /** Names of targets, in order, when the call brings its own. */
  readonly targets?: readonly string[] | undefined;
}

/** What one call asks of the router. Everything in it is masked. */
export interface RouteRequest<Output = unknown> {
  readonly request: Omit<ProviderRequest, "model">;
  /** In the order they are tried: what `plan` gave. */
  readonly targets: readonly RouteTarget[];
  /** What becomes of an answer that breaks after its first part was shown. */
  readonly onBreak: OnBreak;
  /**
   * Takes the parts of a model's answer as they may be shown, when `request.incremental` asks for them; when it rejects
   * the call ends.
   */
  readonly show: ShowPart;
  /** Skips all targets, with this reason. */
  readonly localOnly?: DegradedReason | undefined;
  /** The task's local answer, if it has one. */
  readonly local?: (() => Promise<RawReply>) | undefined;
  /** Makes a watch for one attempt, told of each event before it is shown; what it throws ends the attempt. */
  readonly watch?: (() => (event: TextOrToolEvent) => void) | undefined;
  /** Reads a finished reply; rejects with `invalid_output` when it can't be used, and then the next target is tried. */
  readonly accept: (reply: RawReply) => Promise<Output>;
  /** Asked before each attempt: whether the money suffices for one more at this target. */
  readonly affords: (target: RouteTarget, planned?: PlannedAttempt) => Promise<boolean>;
  /** Told after each attempt, whatever came of it. */
  readonly onAttempt: (report: AttemptReport) => void;
  readonly signal: AbortSignal;
}

/** The reply that was accepted, and where it came from. */
export interface RouteResult<Output = unknown> {
  /** What `accept` made of it. */
  readonly output: Output;
  readonly reply: RawReply;
  /** `length`: the model was cut off at its token limit. Absent for a local answer. */
  readonly finishReason: FinishReason | undefined;
  readonly source: "model" | "local";
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly usage: Usage | undefined;
  readonly degraded: DegradedReason | undefined;
}

/** A masked part of an answer; `reset` makes all parts before it void. */
export type RoutePart = TextOrToolEvent | { readonly type: "reset" };

/** Takes one part; resolves when its reader is ready for more: to be awaited before the next. */
export type ShowPart = (part: RoutePart) => Promise<void>;

/** Finds an answer: targets in order, then the local answer. */
export interface Router {
  /** Every target there is. */
  readonly targets: readonly RouteTarget[];
  /**
   * The targets that a call may go to, in the order they are tried.
   *
   * @throws `invalid_config` when the call names a target that there is not
   */
  plan(call: RoutedCall): readonly RouteTarget[];
  /**
   * Changes the routes, for the calls from now on. Absent when the router has none.
   *
   * @throws `invalid_config` with every mistake; then the routes stay as they are
   */
  setRoutes?(routes: Routes | undefined): void;
  /**
   * Shows the parts of a model's answer as they come, and resolves with the accepted reply; a local answer comes whole.
   * Before the first part a failure goes to the next target unseen; after it, the failure is thrown, or with `onBreak:
   * "restart"` a `reset` is shown and the answer begins anew. When `show` rejects the provider's call is aborted, and
   * still told to `onAttempt`.
   */
  route<Output>(request: RouteRequest<Output>): Promise<RouteResult<Output>>;
}
