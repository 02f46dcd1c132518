import { invalidConfig } from "../errors/invalid-config.js";

/** So many requests in any window of this length. */
export interface Limit {
  /** A positive integer. */
  readonly requests: number;
  /** Length of the window, milliseconds; more than 0. */
  readonly windowMs: number;
}

/** What is counted and how much of it; the same for every limiter. `false` turns a dimension off. */
export interface RateLimitOptions {
  /** For each user of each tenant; callers without `userId` have no user limit. @default 20 per minute */
  readonly perUser?: Limit | false | undefined;
  /** For each client (see `clientKey`); callers without `ip` have no such limit. @default 100 per minute */
  readonly perIp?: Limit | false | undefined;
  /** For each tenant; callers without `tenantId` have no such limit. @default false */
  readonly perTenant?: Limit | false | undefined;
}

/** {@link RateLimitOptions} with every default filled in. */
export interface ResolvedRateLimits {
  readonly user: Limit | false;
  readonly ip: Limit | false;
  readonly tenant: Limit | false;
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
  const { perUser = { requests: 20, windowMs: 60_000 } } = options;
  const { perIp = { requests: 100, windowMs: 60_000 }, perTenant = false } = options;
  const limits = Object.entries({ perUser, perIp, perTenant });
  const problems = [...limits.flatMap(([name, limit]) => problemsOf(name, limit)), ...otherProblems];
  if (problems.length > 0) {
    throw invalidConfig("Rate limits", problems);
  }
  return { user: perUser, ip: perIp, tenant: perTenant };
}

function problemsOf(name: string, limit: Limit | false): string[] {
  if (limit === false) return [];
  // Not every configuration went through a type checker: null would throw here instead of being named.
  const { requests, windowMs } = limit ?? {};
  const problems: string[] = [];
  if (!(Number.isSafeInteger(requests) && requests > 0)) {
    problems.push(`${name}.requests: must be a positive integer (false turns the limit off)`);
  }
  if (!(Number.isFinite(windowMs) && windowMs > 0)) problems.push(`${name}.windowMs: must be more than 0`);
  return problems;
}
