import * as z from "zod";
import { priceSchema } from "./budget/price-schema.js";
import { implementationSchema as implementation } from "./errors/implementation-schema.js";
import { invalidConfig } from "./errors/invalid-config.js";
import { optionProblems } from "./errors/option-problems.js";
import type { AiGatewayOptions } from "./gateway-options.js";
import { once } from "./once.js";

const callback = () => z.custom((value) => typeof value === "function", "must be a function").optional();

/** What the gateway is made of. */
function partsShape() {
  const target = z.strictObject({
    name: z.string().min(1, "must not be empty").optional(),
    provider: implementation("stream").nonoptional("is missing"),
    model: z.string().min(1, "must not be empty").optional(),
    price: priceSchema().optional(),
    maxConcurrent: z.int("must be an integer").min(1, "must be 1 or more").optional(),
  });
  return {
    provider: implementation("stream"),
    targets: z.array(target).optional(),
    tasks: z
      .array(z.custom((value) => typeof Object(value).prompt === "function", "must come from defineTask()"))
      .optional(),
    killSwitch: implementation("check"),
    authorizer: implementation("authorize"),
    rateLimiter: implementation("consume"),
    sanitizer: implementation("sanitize"),
    injectionMode: z.enum(["off", "observe", "enforce"]).optional(),
    masker: implementation("mask"),
    cache: implementation("lookup", "stats"),
    budget: implementation("reserve"),
    router: implementation("route", "plan").refine(
      (router) => router === undefined || Array.isArray(Reflect.get(router, "targets")),
      "must have a list of targets",
    ),
    canary: z.boolean().optional(),
    outputReader: implementation("read", "readPartial"),
    outputGuard: z
      .union(
        [z.literal(false), implementation("inspect", "holdsFrom")],
        "must be false, or an object with inspect() and holdsFrom()",
      )
      .optional(),
    auditSink: implementation("write"),
    auditFailure: z.enum(["block", "spool", "drop"]).optional(),
    auditDigest: callback(),
  };
}

/** How it behaves, and what all its parts use. */
function behaviourShape() {
  const count = z.int("must be an integer").min(0, "must be 0 or more").optional();
  const positive = z.number("must be a number").positive("must be more than 0").optional();
  const share = z.number("must be a number").min(0, "must be 0 or more").optional();
  const openOrClosed = z.enum(["open", "closed"], 'must be "open" or "closed"').optional();
  return {
    unpriced: z
      .union(
        [z.enum(["block", "allow"]), z.strictObject({ assume: priceSchema() })],
        'must be "block", "allow" or { assume: { inputUsd, outputUsd } }',
      )
      .optional(),
    retry: z
      .strictObject({
        maxRetries: count,
        baseDelayMs: count,
        maxDelayMs: count,
        budget: z.strictObject({ ratio: share, minPerSecond: share }).optional(),
      })
      .optional(),
    breaker: z
      .union(
        [z.literal(false), z.strictObject({ failureThreshold: positive, openMs: positive })],
        "must be false, or have failureThreshold and openMs, each more than 0",
      )
      .optional(),
    timeouts: z
      .strictObject({ totalMs: positive, attemptMs: positive, firstChunkMs: positive, chunkMs: positive })
      .optional(),
    routes: z.custom<object>((value) => typeof value === "object", "must be an object").optional(),
    hedge: z.boolean().optional(),
    outputRepair: z.boolean().optional(),
    localFallback: z.boolean().optional(),
    storeFailure: z.strictObject({ rateLimiter: openOrClosed, budget: openOrClosed }).optional(),
    policy: z
      .strictObject({ source: implementation("read").nonoptional("is missing"), pollMs: positive })
      .optional(),
    decisionStore: implementation("write", "find"),
    telemetry: z.strictObject({ traces: z.boolean().optional(), metrics: z.boolean().optional() }).optional(),
    hooks: z
      .strictObject({ beforeRoute: callback(), afterOutput: callback(), onSettled: callback() })
      .optional(),
    logger: implementation("info", "warn", "error"),
    clock: implementation("now", "monotonic", "setTimer"),
    random: callback(),
  };
}

const optionsSchema = once(() => z.strictObject({ ...partsShape(), ...behaviourShape() }));

/**
 * Checks options before anything is built.
 *
 * @throws `invalid_config` with every mistake in `details.problems`; a value is never quoted.
 */
export function checkGatewayOptions(options: AiGatewayOptions): void {
  const problems = optionProblems(optionsSchema(), options);
  if (options.provider !== undefined && options.targets !== undefined) {
    problems.push("provider: give either `provider` or `targets`, not both");
  }
  if (options.auditFailure === "spool" && Object(options.auditSink).spools !== true) {
    problems.push(
      "auditFailure: `spool` needs an `auditSink` that spools: spooledAuditSink({ sink, folder })",
    );
  }
  for (const name of twice((options.tasks ?? []).map((task) => String(Object(task).name)))) {
    problems.push(`tasks: two tasks are named "${name}"`);
  }
  for (const name of twice((options.targets ?? []).flatMap((each) => Object(each).name ?? []))) {
    problems.push(`targets: two targets are named "${name}"`);
  }
  if (problems.length > 0)
    throw invalidConfig("The AI gateway can't start with this configuration", problems);
}

const twice = (names: readonly string[]) =>
  new Set(names.filter((name, index) => names.indexOf(name) !== index));
