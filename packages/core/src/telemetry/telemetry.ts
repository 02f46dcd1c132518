import type { Span } from "@opentelemetry/api";
import type { Attempt, DecisionRecord, UnavailableStore } from "../pipeline/decision-record.js";
import type { StepName } from "../pipeline/step-name.js";

/**
 * What the pipeline tells OpenTelemetry. There is one implementation, on OpenTelemetry's own API: that API is the
 * interface users plug their SDK into. No method ever gets content.
 */
export interface Telemetry {
  /** Opens the span of one task call. */
  startCall(decision: DecisionRecord): CallTrace;
  /** Counts a control whose store did not answer. */
  countStoreFailure(store: UnavailableStore): void;
  /** Counts a record that the audit sink refused. */
  countLostAudit(): void;
}

/** The span of one task call, and what belongs under it. */
export interface CallTrace {
  startStep(name: StepName): Span;
  markFailed(step: Span, code: string): void;
  /** Records a finished attempt at a provider: a `chat {model}` span and the GenAI metrics. */
  recordAttempt(attempt: Attempt): void;
  /** Closes the call's span and counts the call. */
  end(decision: DecisionRecord): void;
}
