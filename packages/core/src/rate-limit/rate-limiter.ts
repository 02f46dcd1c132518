import type { Caller } from "../pipeline/task-call.js";

/** What a limiter answers. */
export type RateLimitVerdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** Which limit was hit: `user`, `ip`, `tenant`. */
      readonly dimension: string;
      /** Requests per window. */
      readonly limit: number;
      readonly windowMs: number;
      /** When one more request will be admitted. */
      readonly retryAfterMs: number;
    };

/** Counts requests. All dimensions are taken together: a refused request consumes nothing in any of them. */
export interface RateLimiter {
  consume(request: {
    readonly task: string;
    readonly caller: Caller;
  }): RateLimitVerdict | Promise<RateLimitVerdict>;
}
