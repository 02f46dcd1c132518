import type { MaskContext, Masked } from "../mask/masker.js";
import type { Prompt } from "../provider/provider.js";
import type { LimitState } from "../rate-limit/rate-limiter.js";
import type { RouteTarget } from "../route/router.js";
import type { DecisionRecord } from "./decision-record.js";
import type { ModelRequest } from "./model-request.js";
import type { OnBreak } from "./task-call.js";

/** One call as the pipeline sees it. */
export interface PipelineCall {
  readonly decision: DecisionRecord;
  readonly signal: AbortSignal;
  /** Encloses what is no instruction. Known to nobody else. */
  readonly mark: string;
  /** What the caller told the masker about it. */
  readonly masking: Pick<MaskContext, "conversation" | "known">;
  /** Names of the targets that the caller of the gateway allows; all of the route when absent. */
  readonly allowedTargets: readonly string[] | undefined;
  /** Where it may go, in the order that is tried. None before it is admitted; a switch or a cap may take some out. */
  targets: readonly RouteTarget[];
  /** There were targets, and the switches of their providers took out all of them. */
  isSwitchedOut: boolean;
  /** Whether somebody reads the reply as it grows. */
  readonly incremental: boolean;
  readonly onBreak: OnBreak;
  /** Told what is left of each limit, once the call is admitted. */
  readonly onAdmitted: ((limits: readonly LimitState[]) => void) | undefined;
  /** Milliseconds since the call began. */
  readonly elapsedMs: () => number;
}

/** What may leave the process: the masked prompt, and the masked input for the local answer. */
export interface MaskedCall<Input> extends Masked<{ readonly input: Input; readonly prompt: Prompt }> {
  /** What the model is asked: the prompt, with what its task says. */
  readonly request: ModelRequest;
}
