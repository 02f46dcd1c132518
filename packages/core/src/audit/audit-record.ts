import { type Attempt, costUsd, type DecisionRecord } from "../pipeline/decision-record.js";
import { auditText } from "./audit-text.js";
import { isoTime } from "./iso-time.js";

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
  const { caller, usage, attempts, degraded, injection, policyVersion, source } = decision;
  const record: Draft = {
    attempts: attempts.map(toAttempt),
    cache: decision.cache,
    cost_usd: costUsd(decision),
  };
  if (degraded !== undefined) record.degraded = degraded;
  record.duration_ms = Math.round(decision.durationMs);
  const errorCode = auditText(decision.error?.code);
  if (errorCode !== undefined) record.error_code = errorCode;
  const errorStep = auditText(decision.error?.step);
  if (errorStep !== undefined) record.error_step = errorStep;
  const flags = flagsOf(decision);
  if (flags.length > 0) record.flags = flags;
  if (injection !== undefined) record.injection_score = amount(injection.score);
  record.input_tokens = amount(usage?.inputTokens);
  record.masks = countsOf(decision.masks);
  const model = auditText(decision.model);
  if (model !== undefined) record.model = model;
  record.outcome = decision.outcome;
  const findings = countsOf(decision.outputFindings);
  if (Object.keys(findings).length > 0) record.output_findings = findings;
  record.output_tokens = amount(usage?.outputTokens);
  if (policyVersion !== undefined) record.policy_version = amount(policyVersion);
  const promptDigest = auditText(decision.promptDigest);
  if (promptDigest !== undefined) record.prompt_digest = promptDigest;
  const provider = auditText(decision.provider);
  if (provider !== undefined) record.provider = provider;
  const replyDigest = auditText(decision.replyDigest);
  if (replyDigest !== undefined) record.reply_digest = replyDigest;
  record.request_id = auditText(decision.requestId) ?? "";
  if (source !== undefined) record.source = source;
  record.task = auditText(decision.task) ?? "";
  const tenantId = auditText(caller.tenantId);
  if (tenantId !== undefined) record.tenant_id = tenantId;
  record.time = isoTime(decision.startedAtMs);
  if (usage !== undefined) record.usage_source = usage.source;
  const userId = auditText(caller.userId);
  if (userId !== undefined) record.user_id = userId;
  return record as AuditRecord; // as: whatever every record has is in it
}

/** Fields that are being written. Spreading those that may be absent into one object would take three times as long. */
type Draft<Written = AuditRecord> = { -readonly [Name in keyof Written]?: Written[Name] };
type AuditAttempt = AuditRecord["attempts"][number];

function toAttempt({ durationMs, outcome, repair, target }: Attempt): AuditAttempt {
  const attempt: Draft<AuditAttempt> = {
    duration_ms: Math.round(durationMs),
    outcome: auditText(outcome) ?? "",
  };
  if (repair !== undefined) attempt.repair = repair;
  attempt.target = auditText(target) ?? "";
  return attempt as AuditAttempt; // as: all but the repair is in it
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
  const flags: AuditFlag[] = [];
  if (decision.truncated.length > 0) flags.push("input_truncated");
  if (decision.injection?.flagged === true) flags.push("injection_suspected");
  if (decision.switch?.on === false) flags.push("switched_off");
  if (decision.budget.exceeded !== undefined) flags.push("over_budget");
  if (decision.unavailable.length > 0) flags.push("store_unavailable");
  if (decision.cutOff) flags.push("cut_off");
  return flags;
}
