import * as z from "zod";
import type { AuditSink } from "./audit/audit-sink.js";
import type { Authorizer } from "./authorize/authorizer.js";
import type { Budget } from "./budget/budget.js";
import type { ModelPrice } from "./budget/model-price.js";
import type { ResponseCache } from "./cache/response-cache.js";
import type { Clock } from "./clock.js";
import type { AnyTask } from "./define-task.js";
import { invalidConfig } from "./errors/invalid-config.js";
import type { GatewayHooks } from "./hooks.js";
import type { KillSwitch } from "./kill-switch/kill-switch.js";
import type { Logger } from "./logger.js";
import type { Masker } from "./mask/masker.js";
import type { OutputReader } from "./output/output-reader.js";
import type { Provider } from "./provider/provider.js";
import type { RateLimiter } from "./rate-limit/rate-limiter.js";
import type { Router } from "./route/router.js";
import type { Sanitizer } from "./sanitize/sanitizer.js";
import type { TelemetryOptions } from "./telemetry/open-telemetry.js";

/** A model that calls may go to. */
export interface TargetOptions {
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
  /** One attempt until its first output; the whole reply when it is not streamed. @default 5_000 */
  readonly firstChunkMs?: number | undefined;
  /** Between two pieces of a stream. @default 10_000 */
  readonly chunkMs?: number | undefined;
}

/** What `createAiGateway` takes: implementations, not configuration. All of it is optional. */
export interface AiGatewayOptions {
  /** The model provider; short for `targets: [{ provider }]`. @default none: every answer is a local one */
  readonly provider?: Provider | undefined;
  /** Models in the order they are tried. @default [{ provider }] */
  readonly targets?: readonly TargetOptions[] | undefined;
  /** The product's own tasks; one named like a built-in task replaces it. @default the four built-in tasks */
  readonly tasks?: readonly AnyTask[] | undefined;
  /** @default staticKillSwitch(): everything on */
  readonly killSwitch?: KillSwitch | undefined;
  /** @default taskRuleAuthorizer(): each task's `allow` */
  readonly authorizer?: Authorizer | undefined;
  /** @default memoryRateLimiter(): 20 requests a minute per user, 100 per IP */
  readonly rateLimiter?: RateLimiter | undefined;
  /** @default controlCharacterSanitizer() */
  readonly sanitizer?: Sanitizer | undefined;
  /** @default patternMasker() */
  readonly masker?: Masker | undefined;
  /** @default memoryResponseCache(): 1,000 replies */
  readonly cache?: ResponseCache | undefined;
  /** @default memoryBudget(): $20 a day, $500 a month, then local answers */
  readonly budget?: Budget | undefined;
  /** Replaces targets, retry, breaker, timeouts and local fallback altogether. @default targetRouter */
  readonly router?: Router | undefined;
  /** @default schemaOutputReader() */
  readonly outputReader?: OutputReader | undefined;
  /** @default consoleAuditSink(): a line of JSON a call */
  readonly auditSink?: AuditSink | undefined;
  /** What a call does when its audit record can't be written. @default "drop": goes on, is logged and counted */
  readonly auditFailure?: "block" | "drop" | undefined;
  /** What happens to a target whose price is not known. @default "block": refused at start */
  readonly unpriced?: "block" | "allow" | undefined;
  readonly retry?: RetryOptions | undefined;
  /** `false` never leaves a target alone. */
  readonly breaker?: BreakerOptions | false | undefined;
  readonly timeouts?: TimeoutOptions | undefined;
  /** Whether a task's local answer stands in when no model answers. @default true */
  readonly localFallback?: boolean | undefined;
  readonly telemetry?: TelemetryOptions | undefined;
  readonly hooks?: GatewayHooks | undefined;
  /** @default consoleLogger() */
  readonly logger?: Logger | undefined;
  /** @default the machine's time */
  readonly clock?: Clock | undefined;
  /** For jitter: 0 ≤ x < 1. @default Math.random */
  readonly random?: (() => number) | undefined;
}

const implementation = (...methods: readonly string[]) =>
  z
    .custom<object>(
      (value) =>
        typeof value === "object" &&
        value !== null &&
        methods.every((method) => typeof Reflect.get(value, method) === "function"),
      `must be an object with ${methods.map((method) => `${method}()`).join(" and ")}`,
    )
    .optional();
const count = z.int("must be an integer").min(0, "must be 0 or more").optional();
const positive = z.number("must be a number").positive("must be more than 0").optional();
const callback = z.custom((value) => typeof value === "function", "must be a function").optional();
const target = z.strictObject({
  provider: implementation("stream").nonoptional("is missing"),
  model: z.string().min(1, "must not be empty").optional(),
  price: z
    .strictObject({
      inputUsd: z.number().min(0),
      outputUsd: z.number().min(0),
      cachedInputUsd: z.number().min(0).optional(),
    })
    .optional(),
  maxConcurrent: z.int("must be an integer").min(1, "must be 1 or more").optional(),
});

const optionsSchema = z.strictObject({
  provider: implementation("stream"),
  targets: z.array(target).optional(),
  tasks: z
    .array(z.custom((value) => typeof Object(value).prompt === "function", "must come from defineTask()"))
    .optional(),
  killSwitch: implementation("check"),
  authorizer: implementation("authorize"),
  rateLimiter: implementation("consume"),
  sanitizer: implementation("sanitize"),
  masker: implementation("mask"),
  cache: implementation("lookup", "stats"),
  budget: implementation("reserve"),
  router: implementation("route"),
  outputReader: implementation("read"),
  auditSink: implementation("write"),
  auditFailure: z.enum(["block", "drop"]).optional(),
  unpriced: z.enum(["block", "allow"]).optional(),
  retry: z.strictObject({ maxRetries: count, baseDelayMs: count, maxDelayMs: count }).optional(),
  breaker: z.strictObject({ failureThreshold: positive, openMs: positive }).or(z.literal(false)).optional(),
  timeouts: z.strictObject({ totalMs: positive, firstChunkMs: positive, chunkMs: positive }).optional(),
  localFallback: z.boolean().optional(),
  telemetry: z.strictObject({ traces: z.boolean().optional(), metrics: z.boolean().optional() }).optional(),
  hooks: z.strictObject({ beforeRoute: callback, afterOutput: callback, onSettled: callback }).optional(),
  logger: implementation("info", "warn", "error"),
  clock: implementation("now", "monotonic", "setTimer"),
  random: callback,
});

const cantStart = "The AI gateway can't start with this configuration";

/**
 * Checks options before anything is built.
 *
 * @throws `invalid_config` with every mistake in `details.problems`; a value is never quoted.
 */
export function checkGatewayOptions(options: AiGatewayOptions): void {
  const result = optionsSchema.safeParse(options);
  const problems = result.success ? [] : result.error.issues.flatMap(describeIssue);
  if (options.provider !== undefined && options.targets !== undefined) {
    problems.push("provider: give either `provider` or `targets`, not both");
  }
  if (problems.length > 0) throw invalidConfig(cantStart, problems);
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return [`${path}: ${issue.message}`];
  const where = path === "" ? "" : `${path}.`;
  return issue.keys.map((key) => `${where}${key}: there is no such option; check its spelling`);
}
