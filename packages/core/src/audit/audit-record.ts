import { costUsd, type DecisionRecord } from "../pipeline/decision-record.js";
import { auditText } from "./audit-text.js";

/**
 * What the audit keeps of one call: an allow-list, so that nothing gets in by accident. Never content. Names are
 * wire names, because records are read by other programs. Texts have at most 256 characters, all of them visible.
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
  /** Version of the policy that was in force; absent without one. */
  readonly policy_version?: number;
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
 * `switched_off`: the kill switch was off; `over_budget`: a cap was hit; `cut_off`: the model was, at the task's limit;
 * `store_unavailable`: a store of limits, budgets or cache did not answer, so the call may be uncounted.
 */
export type AuditFlag =
  | "input_truncated"
  | "injection_suspected"
  | "switched_off"
  | "over_budget"
  | "store_unavailable"
  | "cut_off";

/**
 * Picks the audit's fields out of a decision. Every value is made anew: what an implementation adds stays outside. The
 * names stand in their order, so that canonical JSON need not sort them.
 */
export function toAuditRecord(decision: DecisionRecord): AuditRecord {
  const { caller, usage, error, attempts } = decision;
  const flags = flagsOf(decision);
  const findings = countsOf(decision.outputFindings);
  return {
    attempts: attempts.map(({ durationMs, outcome, repair, target }) => ({
      duration_ms: Math.round(durationMs),
      outcome: auditText(outcome) ?? "",
      ...(repair === undefined ? {} : { repair }),
      target: auditText(target) ?? "",
    })),
    cache: decision.cache,
    cost_usd: costUsd(decision),
    ...(decision.degraded === undefined ? {} : { degraded: decision.degraded }),
    duration_ms: Math.round(decision.durationMs),
    ...textField("error_code", error?.code),
    ...textField("error_step", error?.step),
    ...(flags.length === 0 ? {} : { flags }),
    ...(decision.injection === undefined ? {} : { injection_score: amount(decision.injection.score) }),
    input_tokens: amount(usage?.inputTokens),
    masks: countsOf(decision.masks),
    ...textField("model", decision.model),
    outcome: decision.outcome,
    ...(Object.keys(findings).length === 0 ? {} : { output_findings: findings }),
    output_tokens: amount(usage?.outputTokens),
    ...(decision.policyVersion === undefined ? {} : { policy_version: amount(decision.policyVersion) }),
    ...textField("prompt_digest", decision.promptDigest),
    ...textField("provider", decision.provider),
    ...textField("reply_digest", decision.replyDigest),
    request_id: auditText(decision.requestId) ?? "",
    ...(decision.source === undefined ? {} : { source: decision.source }),
    task: auditText(decision.task) ?? "",
    ...textField("tenant_id", caller.tenantId),
    time: new Date(decision.startedAtMs).toISOString(),
    ...(usage === undefined ? {} : { usage_source: usage.source }),
    ...textField("user_id", caller.userId),
  };
}

function textField<Name extends keyof AuditRecord>(
  name: Name,
  value: unknown,
): { readonly [Key in Name]?: string } {
  const text = auditText(value);
  return (text === undefined ? {} : { [name]: text }) as { readonly [Key in Name]?: string }; // as: TypeScript widens the name
}

const amount = (value: unknown): number => (Number.isFinite(value) ? Number(value) : 0);

/** A type or reason is a word; a plug-in that counts under the value itself would write content. */
const word = /^[A-Za-z][\w.-]{0,63}$/;

function countsOf(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const named: Record<string, number> = {};
  for (const name of Object.keys(counts)) if (word.test(name)) named[name] = amount(counts[name]);
  return named;
}

function flagsOf(decision: DecisionRecord): AuditFlag[] {
  const flags: Record<AuditFlag, boolean> = {
    input_truncated: decision.truncated.length > 0,
    injection_suspected: decision.injection?.flagged === true,
    switched_off: decision.switch?.on === false,
    over_budget: decision.budget.exceeded !== undefined,
    store_unavailable: decision.unavailable.length > 0,
    cut_off: decision.cutOff,
  };
  return (Object.keys(flags) as AuditFlag[]).filter((flag) => flags[flag]); // as: they are its keys
}
