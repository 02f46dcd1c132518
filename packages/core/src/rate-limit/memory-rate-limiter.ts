import { type Clock, systemClock } from "../clock.js";
import { type CallerCount, type CallerCounts, callerCounts } from "./caller-counts.js";
import { type AppliedLimit, memoryPermits, refusalOf } from "./memory-permits.js";
import { type RateLimitDimension, rateLimitKey } from "./rate-limit-key.js";
import {
  type RateLimitOptions,
  type ResolvedLimit,
  type ResolvedRateLimits,
  resolveRateLimits,
} from "./rate-limit-options.js";
import type { LimitState, RateLimiter, RateLimitRefusal, RateLimitVerdict } from "./rate-limiter.js";
import { addTo, countedIn, waitMs } from "./sliding-log.js";

/** What {@link memoryRateLimiter} takes. */
export interface MemoryRateLimiterOptions extends RateLimitOptions {
  /**
   * Most callers remembered in each dimension, so that a flood of addresses can't fill the memory. Beyond it the one
   * who was idle longest is forgotten. @default 100_000
   */
  readonly maxKeys?: number | undefined;
  /** @default the machine's own time */
  readonly clock?: Clock | undefined;
}

/** A limiter that counts in this process. */
export interface MemoryRateLimiter extends RateLimiter {
  consume(request: Parameters<RateLimiter["consume"]>[0]): RateLimitVerdict;
  setLimits(limits: RateLimitOptions | undefined): void;
  /** Callers remembered now, in all dimensions. */
  readonly size: number;
}

/** One dimension that a call is counted in. */
interface Asked {
  readonly dimension: RateLimitDimension;
  readonly limits: readonly ResolvedLimit[];
  readonly key: string;
}

const dimensions = ["user", "ip", "tenant", "task"] as const;
/** When the next running call ends is not known. */
const retryConcurrentMs = 1_000;

/**
 * Counts calls and tokens in this process, by sliding window: at most the limit in *any* stretch of the window, a
 * burst of exactly that many is admitted at once, and time is monotonic, so a changed wall clock opens and closes
 * nothing. Memory per caller does not grow with the limit, and idle callers are forgotten. With several processes
 * each counts by itself.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 * @example
 * memoryRateLimiter({ perUser: { requests: 60, concurrent: 4 }, perTenant: { tokens: 200_000 }, perIp: false });
 */
export function memoryRateLimiter(options: MemoryRateLimiterOptions = {}): MemoryRateLimiter {
  const { clock = systemClock, maxKeys = 100_000 } = options;
  const isCount = Number.isSafeInteger(maxKeys) && maxKeys > 0;
  let limits = resolveRateLimits(options, isCount ? [] : ["maxKeys: must be a positive integer"]);
  const permits = memoryPermits(clock, limits.leaseMs);
  const all: Readonly<Record<RateLimitDimension, CallerCounts>> = {
    user: callerCounts(maxKeys),
    ip: callerCounts(maxKeys),
    tenant: callerCounts(maxKeys),
    task: callerCounts(maxKeys),
  };

  function refusalFor(asked: readonly Asked[], nowMs: number): RateLimitRefusal | undefined {
    let refusal: RateLimitRefusal | undefined;
    for (const { dimension, key, limits } of asked) {
      const count = all[dimension].find(key);
      if (count === undefined) continue;
      for (const limit of limits) {
        const retryAfterMs = waitFor(limit, count, nowMs);
        if (retryAfterMs > (refusal?.retryAfterMs ?? 0))
          refusal = refusalOf({ ...limit, dimension, count }, retryAfterMs);
      }
    }
    return refusal;
  }

  function appliedTo(asked: readonly Asked[], nowMs: number): readonly AppliedLimit[] {
    const applied: AppliedLimit[] = [];
    for (const { dimension, key, limits } of asked) {
      const count = all[dimension].touch(key, nowMs);
      for (const { kind, limit, windowMs } of limits)
        applied.push({ dimension, kind, limit, windowMs, count });
    }
    return applied;
  }

  return {
    consume(request) {
      const nowMs = clock.monotonic();
      permits.closeOverdue(nowMs);
      const asked = askedBy(limits, request);
      for (const { dimension, limits } of asked) all[dimension].forgetIdle(longestOf(limits), nowMs);
      const refusal = refusalFor(asked, nowMs);
      if (refusal !== undefined) return refusal;
      const applied = appliedTo(asked, nowMs);
      const held = applied.filter(({ kind }) => kind !== "requests");
      const permit = held.length === 0 ? undefined : permits.open(held);
      return { allowed: true, limits: applied.map((limit) => countCall(limit, nowMs)), permit };
    },
    setLimits(changed = options) {
      limits = resolveRateLimits(changed);
    },
    get size() {
      return dimensions.reduce((sum, dimension) => sum + all[dimension].size, 0);
    },
  };
}

function askedBy(
  limits: ResolvedRateLimits,
  request: Parameters<RateLimiter["consume"]>[0],
): readonly Asked[] {
  const asked: Asked[] = [];
  for (const dimension of dimensions) {
    const own = dimension === "task" ? limits.tasks.get(request.task) : limits[dimension];
    if (own === undefined || own.length === 0) continue;
    const key = rateLimitKey(dimension, request);
    if (key !== undefined) asked.push({ dimension, limits: own, key });
  }
  return asked;
}

/** Tokens are asked for when the call needs them: a reply without a model takes none. */
function waitFor(limit: ResolvedLimit, count: CallerCount, nowMs: number): number {
  if (limit.kind === "requests") return waitMs(count.requests, limit, { amount: 1, nowMs });
  return limit.kind === "concurrent" && count.running >= limit.limit ? retryConcurrentMs : 0;
}

/** Counts an admitted call, whose permit is open already, and tells what is left. */
function countCall({ dimension, kind, limit, windowMs, count }: AppliedLimit, nowMs: number): LimitState {
  if (kind === "requests") addTo(count.requests, windowMs, { amount: 1, nowMs });
  const used = kind === "concurrent" ? count.running : countedIn(count[kind], windowMs, nowMs);
  return { dimension, kind, limit, remaining: Math.max(0, limit - used), windowMs };
}

function longestOf(limits: readonly ResolvedLimit[]): number {
  return limits.reduce((longest, { windowMs }) => Math.max(longest, windowMs), 0);
}
