import type { Clock } from "../clock.js";

/** Options of {@link createRetryBudget}, resolved. */
export interface RetryBudgetOptions {
  /** Retries allowed for each call of the last ten seconds. */
  readonly ratio: number;
  /** Retries allowed besides, a second, so that a process with little traffic may retry too. */
  readonly minPerSecond: number;
  readonly clock: Clock;
}

/** Bounds the retries of all calls together, so that a failing vendor does not get a multiple of the traffic. */
export interface RetryBudget {
  /** A call begins; its retries are not calls. */
  noteCall(): void;
  /** Takes one retry; false when none is left. */
  take(): boolean;
}

interface Second {
  /** Which second of the clock is counted here. */
  at: number;
  calls: number;
  retries: number;
}

const windowSeconds = 10;

/**
 * Never more retries in any ten seconds than `ratio` times the calls of these ten seconds plus ten times
 * `minPerSecond`. Counts by whole seconds and to the safe side: a retry counts for up to a second longer than a call.
 */
export function createRetryBudget({ ratio, minPerSecond, clock }: RetryBudgetOptions): RetryBudget {
  const ring = Array.from({ length: windowSeconds + 1 }, (): Second => ({ at: -1, calls: 0, retries: 0 }));
  const currentSecond = (): Second => {
    const at = Math.floor(clock.monotonic() / 1000);
    const second = ring[at % ring.length] as Second; // as: the index is below the length
    if (second.at !== at) Object.assign(second, { at, calls: 0, retries: 0 });
    return second;
  };
  return {
    noteCall() {
      currentSecond().calls++;
    },
    take() {
      const current = currentSecond();
      let allowed = minPerSecond * windowSeconds;
      for (const second of ring) {
        const age = current.at - second.at;
        if (age < windowSeconds) allowed += ratio * second.calls;
        if (age <= windowSeconds) allowed -= second.retries;
      }
      if (allowed < 1) return false;
      current.retries++;
      return true;
    },
  };
}
