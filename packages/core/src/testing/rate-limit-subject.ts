import assert from "node:assert/strict";
import type { Clock } from "../clock.js";
import type { Caller } from "../pipeline/task-call.js";
import type { RateLimitOptions } from "../rate-limit/rate-limit-options.js";
import type { RateLimiter, RateLimitRefusal, RateLimitVerdict } from "../rate-limit/rate-limiter.js";
import { manualClock } from "./manual-clock.js";

/** Makes a limiter that has counted nothing yet. */
export type CreateRateLimiter = (
  options: RateLimitOptions & { readonly clock: Clock },
) => RateLimiter | Promise<RateLimiter>;

/** Milliseconds of a minute. */
export const minute = 60_000;

/** The refusal in a verdict that must be one. */
export function refused(verdict: RateLimitVerdict): RateLimitRefusal {
  assert(!verdict.allowed, "expected a refusal");
  return verdict;
}

/** How many of these calls were admitted. */
export function admitted(verdicts: readonly RateLimitVerdict[]): number {
  return verdicts.filter((verdict) => verdict.allowed).length;
}

/** The answers to `times` calls, one after the other. */
export async function inTurn<Answer>(times: number, ask: () => Answer | Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < times; index += 1) answers.push(await ask());
  return answers;
}

/** The answers to `times` calls, all at once. */
export function atOnce<Answer>(times: number, ask: () => Answer | Promise<Answer>): Promise<Answer[]> {
  return Promise.all(Array.from({ length: times }, async () => ask()));
}

/** A limiter under test, with only the limits in `options`. */
export async function rateLimitSubject(create: CreateRateLimiter, options: RateLimitOptions) {
  const clock = manualClock();
  const off = { perUser: false, perIp: false, perTenant: false } as const;
  const limiter = await create({ ...off, ...options, clock });
  const consume = async (caller: Caller, task = "chat") => limiter.consume({ task, caller });
  return {
    clock,
    consume,
    /** Begins a call that must be admitted, and answers with its permit. */
    async begin(caller: Caller, task?: string) {
      const verdict = await consume(caller, task);
      assert(verdict.allowed, "expected the call to be admitted");
      assert(verdict.permit !== undefined, "expected a permit");
      return verdict.permit;
    },
    /** What is left of every limit, `dimension.kind` for short, after one more call that must be admitted. */
    async left(caller: Caller, task?: string) {
      const verdict = await consume(caller, task);
      assert(verdict.allowed, "expected the call to be admitted");
      const limits = verdict.limits ?? [];
      return Object.fromEntries(
        limits.map(({ dimension, kind, remaining }) => [`${dimension}.${kind}`, remaining]),
      );
    },
    /** Without limits: those that the limiter was made with. */
    setLimits(limits?: RateLimitOptions) {
      assert(limiter.setLimits !== undefined, "limits can't be changed");
      limiter.setLimits(limits && { ...off, ...limits });
    },
  };
}
