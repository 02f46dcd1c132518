import type { LimitState, RateLimiter, RateLimitRefusal } from "@levqor/core";
import { type ResolvedLimit, type ResolvedRateLimits, rateLimitKey } from "@levqor/core/stores";
import { keyDigest } from "../connection/key-digest.js";

/** One limit that a call is held against, and where it is counted. */
export interface AppliedLimit extends ResolvedLimit {
  readonly dimension: string;
  readonly key: string;
}

const dimensions = ["user", "ip", "tenant", "task"] as const;

/**
 * All limits of a call. `root` holds the one hash tag of the limiter: a call is counted in all of its limits or in none,
 * by one script, so in Redis Cluster all of them lie in one slot.
 */
export function appliedLimits(
  limits: ResolvedRateLimits,
  call: Parameters<RateLimiter["consume"]>[0],
  root: string,
): readonly AppliedLimit[] {
  return dimensions.flatMap((dimension) => {
    const own = dimension === "task" ? limits.tasks.get(call.task) : limits[dimension];
    const name = rateLimitKey(dimension, call);
    if (own === undefined || name === undefined) return [];
    const digest = keyDigest(dimension, name);
    return own.map((limit) => ({ ...limit, dimension, key: `${root}:${digest}:${limit.kind}` }));
  });
}

/** The refusal of a limit that is full for so long. */
export function refusalOf(limit: AppliedLimit | undefined, retryAfterMs: number): RateLimitRefusal {
  if (limit === undefined) throw new RangeError("A script named a limit that it was not given.");
  const { dimension, kind, limit: most, windowMs } = limit;
  return { allowed: false, dimension, kind, limit: most, windowMs, retryAfterMs };
}

/** How a limit stands with so much counted. */
export function stateOf({ dimension, kind, limit, windowMs }: AppliedLimit, counted: number): LimitState {
  return { dimension, kind, limit, remaining: Math.max(0, limit - counted), windowMs };
}
