import type { Clock } from "../clock.js";

/** Lets askers of the same thing wait for the one who fetches it. */
export interface SingleFlight<Result> {
  /**
   * The result of the flight for `key`, when one is under way; it is nothing when the flight ended without one or
   * lasts too long.
   * Rejects with the signal's reason when it aborts first.
   */
  join(key: string, signal: AbortSignal): Promise<Result | undefined> | undefined;
  /** Starts a flight. The returned function ends it once; later calls do nothing. */
  begin(key: string): (result: Result | undefined) => void;
}

/** Makes a {@link SingleFlight} of this process; nobody waits longer than `maxWaitMs`. */
export function singleFlight<Result>(options: {
  readonly clock: Clock;
  readonly maxWaitMs: number;
}): SingleFlight<Result> {
  type Waiter = (result: Result | undefined) => void;
  const flights = new Map<string, Set<Waiter>>();
  return {
    join(key, signal) {
      const waiters = flights.get(key);
      if (waiters === undefined) return undefined;
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiters.delete(land);
          cancelTimer();
          signal.removeEventListener("abort", onAbort);
        };
        const onAbort = () => {
          leave();
          reject(signal.reason);
        };
        const land: Waiter = (result) => {
          leave();
          resolve(result);
        };
        const cancelTimer = options.clock.setTimer(options.maxWaitMs, () => land(undefined));
        if (signal.aborted) return onAbort();
        waiters.add(land);
        signal.addEventListener("abort", onAbort, { once: true });
      });
    },
    begin(key) {
      const waiters = new Set<Waiter>();
      flights.set(key, waiters);
      return (result) => {
        if (flights.get(key) !== waiters) return;
        flights.delete(key);
        for (const land of waiters) land(result);
      };
    },
  };
}
