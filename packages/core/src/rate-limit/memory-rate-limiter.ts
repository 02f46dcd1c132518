import { type Clock, systemClock } from "../clock.js";
import { rateLimitKey } from "./rate-limit-key.js";
import { type RateLimitOptions, resolveRateLimits } from "./rate-limit-options.js";
import type { RateLimiter, RateLimitVerdict } from "./rate-limiter.js";
import { type SlidingWindow, slidingWindow } from "./sliding-window.js";

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
  /** Callers remembered now, in all dimensions. */
  readonly size: number;
}

/**
 * Counts requests in this process, by sliding window: at most `requests` in *any* stretch of `windowMs`, a burst of
 * exactly that many is admitted at once, and time is monotonic, so a changed wall clock opens and closes nothing.
 * Memory per caller does not grow with the limit, and idle callers are forgotten. With several processes each
 * counts by itself.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 * @example
 * memoryRateLimiter({ perUser: { requests: 60, windowMs: 60_000 }, perIp: false });
 */
export function memoryRateLimiter(options: MemoryRateLimiterOptions = {}): MemoryRateLimiter {
  const { clock = systemClock, maxKeys = 100_000 } = options;
  const isCount = Number.isSafeInteger(maxKeys) && maxKeys > 0;
  const limits = resolveRateLimits(options, isCount ? [] : ["maxKeys: must be a positive integer"]);
  const dimensions = (["user", "ip", "tenant"] as const).flatMap((dimension) => {
    const limit = limits[dimension];
    return limit === false ? [] : [{ dimension, limit, window: slidingWindow(limit, maxKeys) }];
  });

  return {
    consume({ caller }) {
      const nowMs = clock.monotonic();
      const counted: { readonly window: SlidingWindow; readonly key: string }[] = [];
      let refusal: Extract<RateLimitVerdict, { allowed: false }> | undefined;
      for (const { dimension, limit, window } of dimensions) {
        const key = rateLimitKey(dimension, caller);
        if (key === undefined) continue;
        const retryAfterMs = window.waitMs(key, nowMs);
        if (retryAfterMs > (refusal?.retryAfterMs ?? 0)) {
          refusal = {
            allowed: false,
            dimension,
            limit: limit.requests,
            windowMs: limit.windowMs,
            retryAfterMs,
          };
        }
        counted.push({ window, key });
      }
      if (refusal !== undefined) return refusal;
      for (const { window, key } of counted) window.add(key, nowMs);
      return { allowed: true };
    },
    get size() {
      return dimensions.reduce((sum, { window }) => sum + window.size, 0);
    },
  };
}
