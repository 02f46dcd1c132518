import { invalidConfig } from "../errors/invalid-config.js";
import type { LimitKind } from "./rate-limiter.js";

/** How much of each is allowed. What is left out is not limited; one of the three is needed. */
export interface Limit {
  /** Calls in any window of `windowMs`, a positive integer. @default no such limit */
  readonly requests?: number | undefined;
  /** Milliseconds; more than 0. @default 60_000 (a minute) */
  readonly windowMs?: number | undefined;
  /** Tokens of models, prompt and reply, in any window of `tokenWindowMs`, a positive integer. @default no such limit */
  readonly tokens?: number | undefined;
  /** Milliseconds; more than 0. @default 3_600_000 (an hour) */
  readonly tokenWindowMs?: number | undefined;
  /** Calls at the same time, a positive integer. @default no such limit */
  readonly concurrent?: number | undefined;
}

/** What is counted and how much of it; the same for every limiter. `false` turns a dimension off. */
export interface RateLimitOptions {
  /** For each user of each tenant; callers without `userId` have no user limit. @default { requests: 20 } */
  readonly perUser?: Limit | false | undefined;
  /** For each client (see `clientKey`); callers without `ip` have no such limit. @default { requests: 100 } */
  readonly perIp?: Limit | false | undefined;
  /** For each tenant; callers without `tenantId` have no such limit. @default false */
  readonly perTenant?: Limit | false | undefined;
  /** For all callers of a task together, by task name. @default {} */
  readonly perTask?: Readonly<Record<string, Limit>> | undefined;
  /** After this long the permit of a call that never ended is given back, milliseconds. @default 600_000 (10 min) */
  readonly leaseMs?: number | undefined;
}

/** One limit with every default filled in; `windowMs` is 0 for `concurrent`. */
export interface ResolvedLimit {
  readonly kind: LimitKind;
  readonly limit: number;
  readonly windowMs: number;
}

/** {@link RateLimitOptions} with every default filled in. */
export interface ResolvedRateLimits {
  readonly user: readonly ResolvedLimit[];
  readonly ip: readonly ResolvedLimit[];
  readonly tenant: readonly ResolvedLimit[];
  readonly tasks: ReadonlyMap<string, readonly ResolvedLimit[]>;
  readonly leaseMs: number;
}

/**
 * Fills in the defaults. `otherProblems` are what a limiter found wrong with options of its own.
 *
 * @throws `invalid_config` listing every limit that makes no sense.
 */
export function resolveRateLimits(
  options: RateLimitOptions,
  otherProblems: readonly string[] = [],
): ResolvedRateLimits {
  const { perUser = { requests: 20 }, perIp = { requests: 100 }, perTenant = false, perTask = {} } = options;
  const { leaseMs = 600_000 } = options;
  const problems: string[] = [];
  const read = (name: string, limit: Limit | false) => resolveLimit(name, limit, problems);
  const resolved = {
    user: read("perUser", perUser),
    ip: read("perIp", perIp),
    tenant: read("perTenant", perTenant),
    tasks: new Map(Object.entries(perTask).map(([name, limit]) => [name, read(`perTask.${name}`, limit)])),
    leaseMs,
  };
  if (!(Number.isFinite(leaseMs) && leaseMs > 0)) problems.push("leaseMs: must be more than 0");
  problems.push(...otherProblems);
  if (problems.length > 0) throw invalidConfig("Rate limits", problems);
  return resolved;
}

const known = ["requests", "windowMs", "tokens", "tokenWindowMs", "concurrent"];

function resolveLimit(name: string, limit: Limit | false, problems: string[]): readonly ResolvedLimit[] {
  if (limit === false) return [];
  if (typeof limit !== "object" || limit === null) {
    problems.push(`${name}: must be an object such as { requests: 20 }, or false for no limit`);
    return [];
  }
  // A misspelt limit would be no limit at all.
  for (const field of Object.keys(limit).filter((field) => !known.includes(field)))
    problems.push(`${name}.${field}: unknown; use ${known.join(", ")}`);
  const { requests, windowMs = 60_000, tokens, tokenWindowMs = 3_600_000, concurrent } = limit;
  const kinds: readonly (readonly [LimitKind, number | undefined, number])[] = [
    ["requests", requests, windowMs],
    ["tokens", tokens, tokenWindowMs],
    ["concurrent", concurrent, 0],
  ];
  for (const [field, ms] of Object.entries({ windowMs, tokenWindowMs }))
    if (!(Number.isFinite(ms) && ms > 0)) problems.push(`${name}.${field}: must be more than 0`);
  const resolved = kinds.flatMap(([kind, amount, ms]): ResolvedLimit[] => {
    if (amount === undefined) return [];
    if (!(Number.isSafeInteger(amount) && amount > 0))
      problems.push(`${name}.${kind}: must be a positive integer (false turns the limit off)`);
    return [{ kind, limit: amount, windowMs: ms }];
  });
  if (resolved.length === 0)
    problems.push(`${name}: give requests, tokens or concurrent, or false for no limit`);
  return resolved;
}
