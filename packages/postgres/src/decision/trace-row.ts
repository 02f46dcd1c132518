import type { DecisionRecord } from "@levqor/core";
import { searchable } from "../searchable.js";

/** A row of `ai_traces`: the decision, and copies of what one searches by. */
export interface TraceRow {
  readonly request_id: string;
  readonly tenant_id: string | null;
  readonly task: string;
  readonly outcome: string;
  /** Milliseconds since the epoch. */
  readonly started_at_ms: number;
  /** JSON. */
  readonly decision: string;
}

/** Makes the row of a decision as it is now. */
export function traceRow(decision: DecisionRecord): TraceRow {
  const { requestId, task, outcome, startedAtMs } = decision;
  const { tenantId } = decision.caller;
  return {
    request_id: searchable(requestId),
    tenant_id: tenantId === undefined ? null : searchable(tenantId),
    task: searchable(task),
    outcome,
    started_at_ms: Math.floor(startedAtMs),
    decision: JSON.stringify(decision),
  };
}
