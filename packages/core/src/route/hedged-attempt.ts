import { hedged } from "./hedge.js";
import type { AttemptLimits } from "./read-provider.js";
import type { RetryBudget } from "./retry-budget.js";
import type { RouteRequest, RouteTarget, ShowPart } from "./router.js";
import type { AttemptResult } from "./run-attempt.js";

/** What bounds the attempts of one call, and what a second one beside the first needs. */
export interface HedgeLimits extends AttemptLimits {
  readonly policy: AttemptLimits["policy"] & {
    /** Whether a second attempt is made beside one that is slower than 95 % of those before. */
    readonly hedge: boolean;
  };
  readonly retryBudget: RetryBudget;
}

/** One call of {@link hedgedAttempt}. */
export interface HedgedCall<Output> {
  /** Makes an attempt; shows nothing before its commit point. */
  readonly attempt: (request: RouteRequest<Output>) => Promise<AttemptResult<Output>>;
  readonly target: RouteTarget;
  readonly request: RouteRequest<Output>;
  readonly limits: HedgeLimits;
  /** How long the first attempt is alone, milliseconds. */
  readonly delayMs: number;
}

/** An attempt, and a second one beside it when it is slow; the first that gets to its commit point is shown. */
export async function hedgedAttempt<Output>(call: HedgedCall<Output>): Promise<AttemptResult<Output>> {
  const { attempt, target, request, limits, delayMs } = call;
  const { result, release } = await hedged({
    open: (signal) => openPaused(attempt, { ...request, signal }),
    delayMs,
    clock: limits.policy.clock,
    signal: request.signal,
    mayHedge: async () => limits.retryBudget.take() && (await request.affords(target, { parallel: 2 })),
    discard: (slower) => slower.end(),
  });
  try {
    return await result.goOn();
  } finally {
    await release();
  }
}

/** An attempt that waits at its commit point, or has come to its end before one. */
interface PausedAttempt<Output> {
  goOn(): Promise<AttemptResult<Output>>;
  /** Resolves when it has ended. */
  end(): Promise<void>;
}

function openPaused<Output>(
  attempt: HedgedCall<Output>["attempt"],
  request: RouteRequest<Output>,
): Promise<PausedAttempt<Output>> {
  let leave = () => {};
  let drop = (_reason: unknown) => {};
  const left = new Promise<void>((resolve, reject) => {
    leave = resolve;
    drop = reject;
  });
  left.catch(() => {}); // nothing may be waiting
  return new Promise((resolve, reject) => {
    const paused: PausedAttempt<Output> = {
      goOn() {
        leave();
        return whole;
      },
      async end() {
        drop(request.signal.reason);
        await whole.catch(() => {}); // it was discarded
      },
    };
    const show: ShowPart = async (part) => {
      resolve(paused);
      await left;
      await request.show(part);
    };
    const whole = attempt({ ...request, show });
    whole.then(() => resolve(paused), reject);
  });
}
