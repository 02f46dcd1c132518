import type { Caller } from "../pipeline/task-call.js";
import type { RateLimitOptions } from "./rate-limit-options.js";

/** What a limit counts: admitted calls, tokens of models, or calls at the same time. */
export type LimitKind = "requests" | "tokens" | "concurrent";

/** A limit that said no. */
export interface RateLimitRefusal {
  readonly allowed: false;
  /** Whose limit was hit: `user`, `ip`, `tenant`, `task`, or a limiter's own name. */
  readonly dimension: string;
  readonly kind: LimitKind;
  /** Requests or tokens per window; calls at a time. */
  readonly limit: number;
  /** 0 for `concurrent`. */
  readonly windowMs: number;
  /** When one more is admitted, as far as can be told; a second for `concurrent`. */
  readonly retryAfterMs: number;
}

/** How one limit stands after a call was admitted. */
export interface LimitState {
  readonly dimension: string;
  readonly kind: LimitKind;
  readonly limit: number;
  readonly remaining: number;
  /** 0 for `concurrent`. */
  readonly windowMs: number;
}

/**
 * What an admitted call holds: its place among those running, and tokens set aside. Of one that is never released
 * (its process died) the place is given back when its lease ends, and the tokens stay counted for their window.
 */
export interface RatePermit {
  /** Sets tokens aside in every token limit that applies; the refusal when one is in the way, then nothing is taken. */
  reserveTokens(tokens: number): RateLimitRefusal | undefined | Promise<RateLimitRefusal | undefined>;
  /** Ends the call: of the tokens set aside only those used stay counted. A second release does nothing. */
  release(usedTokens: number): void | Promise<void>;
}

/** What a limiter answers. */
export type RateLimitVerdict =
  | {
      readonly allowed: true;
      /** The limits that were asked, with what is left. @default none told */
      readonly limits?: readonly LimitState[] | undefined;
      /** @default none: nothing is counted that ends with the call */
      readonly permit?: RatePermit | undefined;
    }
  | RateLimitRefusal;

/**
 * Counts what callers use. All dimensions and kinds are taken together: a refused call consumes nothing in any of
 * them. Tokens refuse nothing at `consume`, only when a permit sets them aside: a call that needs no model is admitted
 * when they are used up.
 */
export interface RateLimiter {
  consume(request: {
    readonly task: string;
    readonly caller: Caller;
  }): RateLimitVerdict | Promise<RateLimitVerdict>;
  /**
   * Replaces the limits, or takes back what the limiter was made with; what was counted stays counted, and leases
   * last as long as before.
   *
   * @throws `invalid_config` that lists every limit which makes no sense; the old ones then stay.
   */
  setLimits?(limits: RateLimitOptions | undefined): void;
}
