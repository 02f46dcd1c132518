import pRetry from "p-retry";
import { type Clock, sleep } from "../clock.js";
import { isGatewayError } from "../errors/gateway-error.js";

/** How often and how patiently one target is tried. */
export interface RetryPolicy {
  /** Retries after the first attempt. */
  readonly maxRetries: number;
  /** Longest wait before the first retry; doubles each time. The wait is random between 0 and that (full jitter). */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

/** What surrounds one retried operation. */
export interface RetryContext {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** When the next first output must be there at the latest, monotonic milliseconds; an attempt may move it. */
  readonly limits: { readonly deadlineMs: number };
  /** Asked before each retry: whether the money, and the process's retry budget, suffice for one more attempt. */
  readonly affordsRetry: () => Promise<boolean>;
}

const retriedCodes = [
  "provider_rate_limited",
  "provider_unavailable",
  "provider_timeout",
  "provider_malformed",
  "provider_cut",
] as const;

/**
 * The one retry loop of the stack (a vendor SDK's own is switched off): until `operation` succeeds, or a failure is no
 * reason to try once more.
 */
export async function retry<Result>(
  operation: () => Promise<Result>,
  context: RetryContext,
): Promise<Result> {
  const { policy, signal } = context;
  signal.throwIfAborted();
  let result: Result;
  try {
    result = await operation();
  } catch (error) {
    if (signal.aborted) throw error;
    // p-retry gets the failure as its first attempt: its bookkeeping costs too much for a call that needs no second.
    return pRetry((attempt) => (attempt === 1 ? Promise.reject(error) : operation()), {
      retries: policy.maxRetries,
      minTimeout: 0, // the waiting is done in mayRetry, on the injected clock
      signal,
      shouldRetry: ({ error, retriesConsumed }) => mayRetry(error, retriesConsumed, context),
    });
  }
  signal.throwIfAborted();
  return result;
}

/**
 * Whether to try once more after `error`; resolves when it is time to. A provider's Retry-After is always waited for in
 * full; when the deadline does not leave time for that, there is no retry, so that the next target is tried.
 */
async function mayRetry(error: unknown, retriesConsumed: number, context: RetryContext): Promise<boolean> {
  const { policy, clock, random, signal, limits } = context;
  if (!retriedCodes.some((code) => isGatewayError(error, code))) return false;
  const ceilingMs = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** retriesConsumed);
  const askedMs = isGatewayError(error, "provider_rate_limited") ? error.details.retryAfterMs : undefined;
  const delayMs = askedMs ?? random() * ceilingMs;
  if (clock.monotonic() + delayMs >= limits.deadlineMs || !(await context.affordsRetry())) return false;
  await sleep(clock, delayMs, signal);
  return true;
}
