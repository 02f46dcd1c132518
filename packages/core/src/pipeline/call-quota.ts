import { GatewayError } from "../errors/gateway-error.js";
import type { LimitState, RateLimitRefusal, RatePermit } from "../rate-limit/rate-limiter.js";
import { askStore, type StoreContext, storeDown, storeUnavailable, tellStore } from "./ask-store.js";
import { runHook } from "./run-hook.js";
import { tokensUsed } from "./tokens-used.js";

/** What one call takes of the limits, from its admission to its end. */
export interface CallQuota {
  /**
   * Counts the call.
   *
   * @throws `rate_limited`
   */
  enter(): Promise<void>;
  /** Sets more tokens aside; the refusal when a limit is in the way. */
  reserveTokens(tokens: number): Promise<RateLimitRefusal | undefined>;
  /** Gives the call's place back, and the tokens that were not used. Never fails. */
  leave(): Promise<void>;
}

/** The limits of one call. While their store is down it goes on uncounted, or not at all: `storeFailure` says which. */
export function callQuota({ call, services }: StoreContext): CallQuota {
  const { rateLimiter, storeFailure } = services;
  const { decision } = call;
  let permit: RatePermit | undefined;
  const ask = async <Answer>(question: () => Answer | Promise<Answer>) => {
    const answer = await askStore(question, { store: "rate-limit", call, services });
    if (answer === storeDown && storeFailure.rateLimiter === "closed") throw storeUnavailable();
    return answer === storeDown ? undefined : answer;
  };

  return {
    async enter() {
      const { task, caller } = decision;
      const verdict = await ask(() => rateLimiter.consume({ task, caller }));
      if (verdict === undefined) return;
      if (!verdict.allowed) {
        decision.rateLimit = verdict;
        throw rateLimited(verdict);
      }
      const { limits = [] } = verdict;
      decision.rateLimit = { allowed: true, limits, after: limits };
      permit = verdict.permit;
      runHook(services.logger, call.onAdmitted, limits);
    },
    async reserveTokens(tokens) {
      const refusal = permit && (await ask(() => permit?.reserveTokens(tokens)));
      if (refusal !== undefined) decision.rateLimit = refusal;
      return refusal;
    },
    async leave() {
      const { rateLimit } = decision;
      const used = tokensUsed(decision.attempts);
      if (rateLimit?.allowed === true)
        decision.rateLimit = { ...rateLimit, after: rateLimit.limits.map((limit) => afterCall(limit, used)) };
      const held = permit;
      if (held === undefined) return;
      const about = { store: "rate-limit", call, services } as const;
      await tellStore(() => held.release(used), about);
    },
  };
}

/** What is left of a limit once the call has ended. */
function afterCall(limit: LimitState, usedTokens: number): LimitState {
  const { kind, remaining } = limit;
  if (kind === "tokens") return { ...limit, remaining: Math.max(0, remaining - usedTokens) };
  return kind === "concurrent" ? { ...limit, remaining: remaining + 1 } : limit;
}

/** The error of a call that a limit refuses; it says when to come back. */
export function rateLimited(refusal: RateLimitRefusal): GatewayError {
  const { dimension, kind, limit, windowMs, retryAfterMs } = refusal;
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new GatewayError("rate_limited", `${tooMany[kind]}. Please try again in ${seconds} s.`, {
    details: { dimension, kind, limit, windowMs, retryAfterMs },
  });
}

const tooMany = {
  requests: "Too many requests",
  tokens: "Too much text for now",
  concurrent: "Too many requests at the same time",
};
