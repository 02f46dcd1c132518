import type { MaskContext, Masked } from "../mask/masker.js";
import type { Prompt } from "../provider/provider.js";
import type { RouteTarget } from "../route/router.js";
import type { DecisionRecord } from "./decision-record.js";
import type { OnBreak } from "./task-call.js";

/** One call as the pipeline sees it. */
export interface PipelineCall {
  readonly decision: DecisionRecord;
  readonly signal: AbortSignal;
  /** Encloses what is no instruction. Known to nobody else. */
  readonly mark: string;
  /** What the caller told the masker about it. */
  readonly masking: Pick<MaskContext, "conversation" | "known">;
  /** Where it may go, in the order that is tried. */
  readonly targets: readonly RouteTarget[];
  /** Whether somebody reads the reply as it comes. */
  readonly incremental: boolean;
  readonly onBreak: OnBreak;
  /** Milliseconds since the call began. */
  readonly elapsedMs: () => number;
}

/** What may leave the process: the masked prompt, and the masked input for the local answer. */
export type MaskedCall<Input> = Masked<{ readonly input: Input; readonly prompt: Prompt }>;
