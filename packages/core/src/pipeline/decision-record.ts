import type { BudgetBalance, BudgetExceeded } from "../budget/budget.js";
import type { ErrorCode } from "../errors/error-table.js";
import type { SwitchState } from "../kill-switch/kill-switch.js";
import type { OutputReason } from "../output/guard/output-guard.js";
import type { FlagValue } from "../policy/policy-document.js";
import type { Usage } from "../provider/provider.js";
import type { LimitState, RateLimitRefusal } from "../rate-limit/rate-limiter.js";
import type { InjectionVerdict } from "../sanitize/injection/detect-injection.js";
import type { StepName } from "./step-name.js";
import type { Caller, DegradedReason, ReplySource } from "./task-call.js";

/** One try at one target. */
export interface Attempt {
  /** Name of the target. */
  readonly target: string;
  readonly provider: string;
  readonly model: string;
  /** `ok`, or the code it failed with. */
  readonly outcome: "ok" | ErrorCode;
  /** The attempt sent a reply that did not fit back to the model. */
  readonly repair?: true;
  readonly durationMs: number;
  /** What was used, also when the attempt failed. */
  readonly usage: Usage | undefined;
  /** The target's price is not known: it counts as `free`, or with an `assumed` price. */
  readonly unpriced?: "assumed" | "free";
  /** Integer micro-dollars. */
  readonly costMicroUsd: number;
}

/** A control whose store did not answer: the call went on or not, as `storeFailure` says. */
export type UnavailableStore = "rate-limit" | "budget" | "cache";

/** What the limits said: what is left of each after the call was admitted, or which one was in the way. */
export type LimitDecision =
  | {
      readonly allowed: true;
      /** What was left of each limit once the call was admitted. */
      readonly limits: readonly LimitState[];
      /** The same once it had ended: its tokens are counted, its place is free. What others did meanwhile is left out. */
      readonly after: readonly LimitState[];
    }
  | RateLimitRefusal;

/** The money of a call. Amounts are integer micro-dollars. */
export interface BudgetDecision {
  reservedMicroUsd: number;
  chargedMicroUsd: number;
  /** What the cache lookup itself cost: an embedding. */
  lookupMicroUsd: number;
  exceeded: BudgetExceeded | undefined;
  /** The cheaper target that a cap sent the call to. */
  degradedTo: string | undefined;
  /** Every cap that applied, before the call and after it; empty where the budget does not tell. */
  before: readonly BudgetBalance[];
  after: readonly BudgetBalance[];
}

/** How a call ended. */
export type CallOutcome = "ok" | "degraded" | "refused" | "failed" | "aborted";

/**
 * Everything that was decided about one call. The pipeline alone fills it, step by step; audit, traces and metadata
 * are read from it. It holds no content.
 */
export interface DecisionRecord {
  readonly requestId: string;
  readonly task: string;
  readonly caller: Caller;
  readonly startedAtMs: number;
  /** Steps in the order they began. */
  readonly steps: StepName[];
  /** Version of the policy that was in force; absent without one. */
  policyVersion: number | undefined;
  /** The policy's flags, as this caller has them. */
  flags: Readonly<Record<string, FlagValue>>;
  switch: SwitchState | undefined;
  rateLimit: LimitDecision | undefined;
  readonly unavailable: UnavailableStore[];
  truncated: readonly string[];
  /** How much the input looks like a prompt injection; absent when that was not looked for. */
  injection: InjectionVerdict | undefined;
  /** Placeholders issued, by type. */
  masks: Readonly<Record<string, number>>;
  /** Keyed digest of the masked prompt; absent without `auditDigest`, and when no prompt was made. */
  promptDigest: string | undefined;
  /** Keyed digest of the accepted reply, still masked; absent without `auditDigest`. */
  replyDigest: string | undefined;
  cache: "hit" | "miss" | "bypass";
  /** How near the cached question was, 0 to 1; absent when it was the same one, and without a hit. */
  cacheSimilarity: number | undefined;
  readonly budget: BudgetDecision;
  readonly attempts: Attempt[];
  source: ReplySource | undefined;
  provider: string | undefined;
  model: string | undefined;
  usage: Usage | undefined;
  /** What the output guard noticed in the reply, by reason; and how many placeholders the model made up. */
  outputFindings: Readonly<Partial<Record<OutputReason | "invented_placeholder", number>>>;
  /** The model was cut off at the task's `maxOutputTokens`. */
  cutOff: boolean;
  degraded: DegradedReason | undefined;
  outcome: CallOutcome;
  error: { readonly code: ErrorCode; readonly step: StepName | undefined } | undefined;
  durationMs: number;
}

/** What a call cost in all, US dollars. */
export const costUsd = ({ budget }: DecisionRecord): number =>
  (budget.chargedMicroUsd + budget.lookupMicroUsd) / 1e6;

/** A record with nothing decided yet. */
export function createDecisionRecord(call: {
  readonly requestId: string;
  readonly task: string;
  readonly caller: Caller;
  readonly startedAtMs: number;
}): DecisionRecord {
  const { requestId, task, caller, startedAtMs } = call;
  return {
    // Not spread: a literal that begins with a spread and has so many fields takes 40 times as long to make.
    requestId,
    task,
    caller,
    startedAtMs,
    steps: [],
    policyVersion: undefined,
    flags: {},
    switch: undefined,
    rateLimit: undefined,
    unavailable: [],
    truncated: [],
    injection: undefined,
    masks: {},
    promptDigest: undefined,
    replyDigest: undefined,
    cache: "bypass",
    cacheSimilarity: undefined,
    budget: {
      reservedMicroUsd: 0,
      chargedMicroUsd: 0,
      lookupMicroUsd: 0,
      exceeded: undefined,
      degradedTo: undefined,
      before: [],
      after: [],
    },
    attempts: [],
    source: undefined,
    provider: undefined,
    model: undefined,
    usage: undefined,
    outputFindings: {},
    cutOff: false,
    degraded: undefined,
    outcome: "aborted",
    error: undefined,
    durationMs: 0,
  };
}
