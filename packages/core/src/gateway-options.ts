import type { AuditSink } from "./audit/audit-sink.js";
import type { Authorizer } from "./authorize/authorizer.js";
import type { Budget } from "./budget/budget.js";
import type { ModelPrice } from "./budget/model-price.js";
import type { ResponseCache } from "./cache/response-cache.js";
import type { Clock } from "./clock.js";
import type { DecisionStore } from "./decision/decision-store.js";
import type { AnyTask } from "./define-task.js";
import type { GatewayHooks } from "./hooks.js";
import type { KillSwitch } from "./kill-switch/kill-switch.js";
import type { Logger } from "./logger.js";
import type { Masker } from "./mask/masker.js";
import type { OutputGuard } from "./output/guard/output-guard.js";
import type { OutputReader } from "./output/output-reader.js";
import type { PolicySource } from "./policy/policy-source.js";
import type { PolicyMode } from "./policy-mode.js";
import type { Provider } from "./provider/provider.js";
import type { RateLimiter } from "./rate-limit/rate-limiter.js";
import type { Router } from "./route/router.js";
import type { Routes } from "./route/routes.js";
import type { Sanitizer } from "./sanitize/sanitizer.js";
import type { TelemetryOptions } from "./telemetry/open-telemetry.js";

/** What happens to a target whose price is not known. */
export type Unpriced = "block" | "allow" | { readonly assume: ModelPrice };

/** A model that calls may go to. */
export interface TargetOptions {
  /** What routes and calls know it by. @default `provider/model`; the second of the same, `provider/model#2` */
  readonly name?: string | undefined;
  readonly provider: Provider;
  /** @default the provider's own */
  readonly model?: string | undefined;
  /** @default from the price table, by model name */
  readonly price?: ModelPrice | undefined;
  /** Calls at a time; ten times as many may wait. @default 50 */
  readonly maxConcurrent?: number | undefined;
}

/** Retries at one target, for errors that may pass. */
export interface RetryOptions {
  /** Retries after the first attempt. @default 3 */
  readonly maxRetries?: number | undefined;
  /** Longest wait before the first retry, milliseconds; doubles each time, drawn at random from 0. @default 250 */
  readonly baseDelayMs?: number | undefined;
  /** @default 4_000 */
  readonly maxDelayMs?: number | undefined;
  /** Bounds the retries of all calls together, so that an outage is not made worse by them. */
  readonly budget?:
    | {
        /** Retries per call, over the last ten seconds. @default 0.2 */
        readonly ratio?: number | undefined;
        /** Retries a second that are allowed in any case. @default 10 */
        readonly minPerSecond?: number | undefined;
      }
    | undefined;
}

/** When a target that fails is left alone. */
export interface BreakerOptions {
  /** Failures in a row. @default 5 */
  readonly failureThreshold?: number | undefined;
  /** Milliseconds until one call may probe it. @default 30_000 */
  readonly openMs?: number | undefined;
}

/** How long a provider may be silent, milliseconds. */
export interface TimeoutOptions {
  /** Over all attempts and targets, until the first output. @default 15_000 */
  readonly totalMs?: number | undefined;
  /** One attempt from its start to its end, however steadily it writes; its reader's time does not count. @default 300_000 (5 min) */
  readonly attemptMs?: number | undefined;
  /** One attempt until its first output; the whole reply when it is not streamed. @default 5_000 */
  readonly firstChunkMs?: number | undefined;
  /** Between two pieces of a stream. @default 10_000 */
  readonly chunkMs?: number | undefined;
}

/** Whether calls go on (`open`) or not (`closed`) while the store behind a control does not answer. */
export interface StoreFailureOptions {
  /** `open`: the call goes on uncounted. `closed`: it fails with `store_unavailable`. @default "open" */
  readonly rateLimiter?: "open" | "closed" | undefined;
  /** `closed`: no model is called; the local answer stands in, or the call fails with `store_unavailable`. @default "closed" */
  readonly budget?: "open" | "closed" | undefined;
}

/** Where the policy comes from that operators change while the gateway runs. */
export interface PolicyOptions {
  readonly source: PolicySource;
  /** Milliseconds between two readings, beside what the source tells by itself. @default 2_000 */
  readonly pollMs?: number | undefined;
}

/** What `createAiGateway` takes: implementations, not configuration. All of it is optional. */
export interface AiGatewayOptions {
  /** The model provider; short for `targets: [{ provider }]`. @default none: every answer is a local one */
  readonly provider?: Provider | undefined;
  /** Models in the order they are tried. @default [{ provider }] */
  readonly targets?: readonly TargetOptions[] | undefined;
  /** Which of the targets are tried for which task, in which order or by weight. @default all targets, in their order */
  readonly routes?: Routes | undefined;
  /** The product's own tasks; one named like a built-in task replaces it. @default the built-in tasks */
  readonly tasks?: readonly AnyTask[] | undefined;
  /** @default staticKillSwitch(): everything on */
  readonly killSwitch?: KillSwitch | undefined;
  /** @default taskRuleAuthorizer(): each task's `allow` */
  readonly authorizer?: Authorizer | undefined;
  /** @default memoryRateLimiter(): 20 requests a minute per user, 100 per IP */
  readonly rateLimiter?: RateLimiter | undefined;
  /** @default controlCharacterSanitizer() */
  readonly sanitizer?: Sanitizer | undefined;
  /**
   * What becomes of an input that looks like a prompt injection: `observe` notes score and reasons in the decision
   * record, `enforce` also refuses it with `injection_suspected`. @default "observe"
   */
  readonly injectionMode?: PolicyMode | undefined;
  /** @default patternMasker() */
  readonly masker?: Masker | undefined;
  /** @default memoryResponseCache(): 1,000 replies */
  readonly cache?: ResponseCache | undefined;
  /** @default memoryBudget(): $20 a day, $500 a month, then local answers */
  readonly budget?: Budget | undefined;
  /** Replaces targets, routes, retry, breaker, timeouts, hedge, output repair and local fallback altogether. @default targetRouter */
  readonly router?: Router | undefined;
  /**
   * Whether the instructions of a prompt begin with a secret mark, some 25 tokens, and a reply that repeats it (also
   * encoded or backwards) is refused: the next target answers, or the local answer stands in. @default true
   */
  readonly canary?: boolean | undefined;
  /** @default schemaOutputReader() */
  readonly outputReader?: OutputReader | undefined;
  /**
   * Looks at what a model wrote before it is shown; `false` for none.
   * @default patternOutputGuard(): addresses of images are taken out, invented personal values are counted
   */
  readonly outputGuard?: OutputGuard | false | undefined;
  /** @default consoleAuditSink(): a line of JSON a call */
  readonly auditSink?: AuditSink | undefined;
  /**
   * What a call does when its audit record can't be written. `drop`: goes on, is logged and counted. `block`: fails.
   * `spool`: the sink must be one that spools (`spooledAuditSink`); fails when there is no room left. @default "drop"
   */
  readonly auditFailure?: "block" | "spool" | "drop" | undefined;
  /**
   * Makes the digests of masked prompt and masked reply for the audit record: `auditDigest({ key })` of
   * `@levqor/core/node`. @default none: the record has no digests
   */
  readonly auditDigest?: ((value: object) => string) | undefined;
  /**
   * What happens to a target whose price is not known: refused at start, allowed as if it were free (no budget holds
   * for it), or counted with a price of yours. @default "block"
   */
  readonly unpriced?: Unpriced | undefined;
  readonly retry?: RetryOptions | undefined;
  /** `false` never leaves a target alone. */
  readonly breaker?: BreakerOptions | false | undefined;
  readonly timeouts?: TimeoutOptions | undefined;
  /**
   * Whether a call that waits for its first output longer than 95 % of those before gets a second attempt at the same
   * target; the faster one answers, both are charged. @default false
   */
  readonly hedge?: boolean | undefined;
  /**
   * Whether a model that was asked for JSON gets a reply that does not fit back, once a call, to repair it. The attempt
   * costs money and time like any other. @default true
   */
  readonly outputRepair?: boolean | undefined;
  /** Whether a task's local answer stands in when no model answers. @default true */
  readonly localFallback?: boolean | undefined;
  /** What happens while a shared store is down; each case is in the decision record and counted. A cache is passed by. */
  readonly storeFailure?: StoreFailureOptions | undefined;
  /**
   * Switches, limits, budgets, routes and flags as one document that can change while the gateway runs. Until it was
   * read for the first time, calls wait for it, two seconds at most. @default none: only the code's own settings
   */
  readonly policy?: PolicyOptions | undefined;
  /** Keeps decision records, so that a request id leads to one. @default memoryDecisionStore(): the last 1,000 */
  readonly decisionStore?: DecisionStore | undefined;
  readonly telemetry?: TelemetryOptions | undefined;
  readonly hooks?: GatewayHooks | undefined;
  /** @default consoleLogger() */
  readonly logger?: Logger | undefined;
  /** @default the machine's time */
  readonly clock?: Clock | undefined;
  /** For jitter and weighted choices: 0 ≤ x < 1. @default Math.random */
  readonly random?: (() => number) | undefined;
}
