import { costUsd, type DecisionRecord } from "../pipeline/decision-record.js";

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
  /** Keyed digest of the masked prompt. */
  readonly prompt_digest?: string;
  /** Keyed digest of the reply, still masked; that of a cached reply is the one of the call that stored it. */
  readonly reply_digest?: string;
  /** What was out of the ordinary; absent when nothing was. */
  readonly flags?: readonly AuditFlag[];
  /** How much the input looked like a prompt injection, 0–1; absent when that was not looked for. */
  readonly injection_score?: number;
  /** What the output guard noticed, by reason. */
  readonly output_findings?: Readonly<Record<string, number>>;
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

/**
 * `input_truncated`: a field was cut at its limit; `injection_suspected`: the input looks like a prompt injection;
 * `switched_off`: the kill switch was off; `over_budget`: a cap was hit; `cut_off`: the model was, at the task's limit.
 */
export type AuditFlag =
  | "input_truncated"
  | "injection_suspected"
  | "switched_off"
  | "over_budget"
  | "cut_off";

/** Picks the audit's fields out of a decision. */
export function toAuditRecord(decision: DecisionRecord): AuditRecord {
  const { caller, usage, error } = decision;
  const flags = flagsOf(decision);
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
    cost_usd: costUsd(decision),
    duration_ms: Math.round(decision.durationMs),
    cache: decision.cache,
    masks: decision.masks,
    ...(decision.promptDigest === undefined ? {} : { prompt_digest: decision.promptDigest }),
    ...(decision.replyDigest === undefined ? {} : { reply_digest: decision.replyDigest }),
    ...(flags.length === 0 ? {} : { flags }),
    ...(decision.injection === undefined ? {} : { injection_score: decision.injection.score }),
    ...(Object.keys(decision.outputFindings).length === 0
      ? {}
      : { output_findings: decision.outputFindings }),
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

function flagsOf(decision: DecisionRecord): AuditFlag[] {
  const flags: Record<AuditFlag, boolean> = {
    input_truncated: decision.truncated.length > 0,
    injection_suspected: decision.injection?.flagged === true,
    switched_off: decision.switch?.on === false,
    over_budget: decision.budget.exceeded !== undefined,
    cut_off: decision.cutOff,
  };
  return (Object.keys(flags) as AuditFlag[]).filter((flag) => flags[flag]); // as: they are its keys
}
