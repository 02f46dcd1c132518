import type { Masked } from "../mask/masker.js";
import type { Prompt } from "../provider/provider.js";
import type { DecisionRecord } from "./decision-record.js";

/** One call as the pipeline sees it. */
export interface PipelineCall {
  readonly decision: DecisionRecord;
  readonly signal: AbortSignal;
  /** Whether somebody reads the text as it comes. */
  readonly incremental: boolean;
  /** Milliseconds since the call began. */
  readonly elapsedMs: () => number;
}

/** What may leave the process: the masked prompt, and the masked input for the local answer. */
export type MaskedCall<Input> = Masked<{ readonly input: Input; readonly prompt: Prompt }>;
