import type { AuditSink } from "../audit/audit-sink.js";
import type { Authorizer } from "../authorize/authorizer.js";
import type { Budget } from "../budget/budget.js";
import type { ResponseCache } from "../cache/response-cache.js";
import type { Clock } from "../clock.js";
import type { DecisionStore } from "../decision/decision-store.js";
import type { GatewayHooks } from "../hooks.js";
import type { KillSwitch } from "../kill-switch/kill-switch.js";
import type { Logger } from "../logger.js";
import type { Masker } from "../mask/masker.js";
import type { OutputGuard } from "../output/guard/output-guard.js";
import type { OutputReader } from "../output/output-reader.js";
import type { PolicyInForce } from "../policy/policy-in-force.js";
import type { PolicyMode } from "../policy-mode.js";
import type { RateLimiter } from "../rate-limit/rate-limiter.js";
import type { Router } from "../route/router.js";
import type { Sanitizer } from "../sanitize/sanitizer.js";
import type { Telemetry } from "../telemetry/telemetry.js";

/** One implementation of every step: what `createAiGateway` resolves its options to. */
export interface Services {
  readonly killSwitch: KillSwitch;
  readonly authorizer: Authorizer;
  readonly rateLimiter: RateLimiter;
  readonly sanitizer: Sanitizer;
  /** What becomes of an input that looks like a prompt injection. */
  readonly injectionMode: PolicyMode;
  readonly masker: Masker;
  readonly cache: ResponseCache;
  readonly budget: Budget;
  readonly router: Router;
  /** Stands in instructions only: a reply that has it repeats them. Absent when nobody watches for that. */
  readonly canary: string | undefined;
  readonly outputReader: OutputReader;
  /** Absent when replies are not guarded. */
  readonly outputGuard: OutputGuard | undefined;
  readonly auditSink: AuditSink;
  /** Whether a call fails when its audit record can't be written. */
  readonly auditFailure: "block" | "spool" | "drop";
  /** Keyed digest of a masked value; absent when the audit has none. */
  readonly auditDigest: ((value: object) => string) | undefined;
  readonly storeFailure: { readonly rateLimiter: "open" | "closed"; readonly budget: "open" | "closed" };
  /** Absent when nothing but the code decides. */
  readonly policy: PolicyInForce | undefined;
  readonly decisionStore: DecisionStore;
  readonly telemetry: Telemetry;
  readonly hooks: GatewayHooks;
  readonly logger: Logger;
  readonly clock: Clock;
}
