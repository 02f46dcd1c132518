import type { Clock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { CallerCount } from "./caller-counts.js";
import type { LimitKind, RateLimitRefusal, RatePermit } from "./rate-limiter.js";
import { addTo, type Burst, takeBack, waitMs } from "./sliding-log.js";

/** One limit that a call is held against. */
export interface AppliedLimit {
  readonly dimension: string;
  readonly kind: LimitKind;
  readonly limit: number;
  readonly windowMs: number;
  readonly count: CallerCount;
}

/** The permits of calls that run now. */
export interface MemoryPermits {
  /** Lets a call run that these limits, of tokens and of calls at a time, apply to, until it is released or its lease ends. */
  open(limits: readonly AppliedLimit[]): RatePermit;
  /** Takes the places back of calls that were never released within their lease. */
  closeOverdue(nowMs: number): void;
}

interface OpenPermit {
  readonly counts: readonly CallerCount[];
  readonly leaseEndsAtMs: number;
}

/** Keeps permits in this process; a lease lasts `leaseMs`. */
export function memoryPermits(clock: Clock, leaseMs: number): MemoryPermits {
  const open = new Set<OpenPermit>(); // the lease that ends first is in front
  function close(permit: OpenPermit): void {
    if (!open.delete(permit)) return;
    for (const count of permit.counts) count.running -= 1;
  }
  return {
    open(limits) {
      const counts = [...new Set(limits.map(({ count }) => count))];
      const permit = { counts, leaseEndsAtMs: clock.monotonic() + leaseMs };
      for (const count of counts) count.running += 1;
      open.add(permit);
      const tokens = heldTokens(
        limits.filter(({ kind }) => kind === "tokens"),
        clock,
      );
      return {
        reserveTokens: tokens.reserve,
        release(usedTokens) {
          close(permit);
          tokens.correct(usedTokens);
        },
      };
    },
    closeOverdue(nowMs) {
      for (const permit of open) {
        if (nowMs < permit.leaseEndsAtMs) return;
        close(permit);
      }
    },
  };
}

/** The tokens of one call, in every token limit that applies to it. */
function heldTokens(limits: readonly AppliedLimit[], clock: Clock) {
  const portions: { readonly amount: number; readonly bursts: readonly Burst[] }[] = [];
  let reserved = 0;
  let isOver = false;

  function add(amount: number, nowMs: number): void {
    reserved += amount;
    const bursts = limits.map(({ count, windowMs }) => {
      count.lastMs = nowMs;
      return addTo(count.tokens, windowMs, { amount, nowMs });
    });
    portions.push({ amount, bursts });
  }
  function giveBack(excess: number): void {
    for (
      let left = excess, portion = portions.pop();
      portion !== undefined && left > 0;
      portion = portions.pop()
    ) {
      const amount = Math.min(left, portion.amount);
      left -= amount;
      for (const [index, burst] of portion.bursts.entries()) {
        const limit = limits[index];
        if (limit !== undefined) takeBack(limit.count.tokens, burst, amount);
      }
    }
  }

  return {
    reserve(amount: number): RateLimitRefusal | undefined {
      if (!(Number.isSafeInteger(amount) && amount >= 0) || isOver)
        throw new GatewayError("internal", "A permit that is not released takes whole tokens, 0 or more.");
      const nowMs = clock.monotonic();
      let refusal: RateLimitRefusal | undefined;
      for (const limit of limits) {
        const retryAfterMs = waitMs(limit.count.tokens, limit, { amount, nowMs });
        if (retryAfterMs > (refusal?.retryAfterMs ?? 0)) refusal = refusalOf(limit, retryAfterMs);
      }
      if (refusal === undefined && amount > 0) add(amount, nowMs);
      return refusal;
    },
    /** Counts only those used. A figure that is no amount leaves all of them counted. */
    correct(used: number): void {
      if (isOver) return;
      isOver = true;
      if (used > reserved) add(Math.ceil(used) - reserved, clock.monotonic());
      else if (used >= 0) giveBack(reserved - Math.ceil(used));
    },
  };
}

/** The refusal of a limit that is full for so long. */
export function refusalOf(
  { dimension, kind, limit, windowMs }: AppliedLimit,
  retryAfterMs: number,
): RateLimitRefusal {
  return { allowed: false, dimension, kind, limit, windowMs, retryAfterMs };
}
