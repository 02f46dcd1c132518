import type { DecisionRecord } from "../pipeline/decision-record.js";

/**
 * What the audit keeps of one call: an allow-list, so that nothing gets in by accident. Never content. Names are
 * wire names, because records are read by other programs.
 */
export interface AuditRecord {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly request_id: string;
  readonly task: string;
  readonly tenant_id?: string;
  readonly user_id?: string;
  readonly outcome: DecisionRecord["outcome"];
  readonly source?: DecisionRecord["source"];
  readonly degraded?: DecisionRecord["degraded"];
  readonly provider?: string;
  readonly model?: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly usage_source?: "reported" | "estimated";
  readonly cost_usd: number;
  readonly duration_ms: number;
  readonly cache: DecisionRecord["cache"];
  /** Placeholders issued, by type. */
  readonly masks: Readonly<Record<string, number>>;
  readonly attempts: readonly {
    readonly target: string;
    readonly outcome: string;
    /** Present when a reply that did not fit was sent back to the model. */
    readonly repair?: true;
    readonly duration_ms: number;
  }[];
  readonly error_code?: string;
  readonly error_step?: string;
}

/** Picks the audit's fields out of a decision. */
export function toAuditRecord(decision: DecisionRecord): AuditRecord {
  const { caller, usage, error } = decision;
  return {
    time: new Date(decision.startedAtMs).toISOString(),
    request_id: decision.requestId,
    task: decision.task,
    ...(caller.tenantId === undefined ? {} : { tenant_id: caller.tenantId }),
    ...(caller.userId === undefined ? {} : { user_id: caller.userId }),
    outcome: decision.outcome,
    ...(decision.source === undefined ? {} : { source: decision.source }),
    ...(decision.degraded === undefined ? {} : { degraded: decision.degraded }),
    ...(decision.provider === undefined ? {} : { provider: decision.provider }),
    ...(decision.model === undefined ? {} : { model: decision.model }),
    input_tokens: usage?.inputTokens ?? 0,
    output_tokens: usage?.outputTokens ?? 0,
    ...(usage === undefined ? {} : { usage_source: usage.source }),
    cost_usd: decision.budget.chargedMicroUsd / 1e6,
    duration_ms: Math.round(decision.durationMs),
    cache: decision.cache,
    masks: decision.masks,
    attempts: decision.attempts.map(({ target, outcome, repair, durationMs }) => ({
      target,
      outcome,
      ...(repair === undefined ? {} : { repair }),
      duration_ms: Math.round(durationMs),
    })),
    ...(error === undefined ? {} : { error_code: error.code }),
    ...(error?.step === undefined ? {} : { error_step: error.step }),
  };
}
