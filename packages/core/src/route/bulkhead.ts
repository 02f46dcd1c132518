import pLimit from "p-limit";
import type { Clock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";

/** Lets a bounded number of calls through to one target, and a bounded number wait. */
export interface Bulkhead {
  /**
   * Resolves with the function that gives the place back.
   *
   * @throws `provider_busy` when too many wait already or no place is free within `limitMs`; the signal's reason when
   * it aborts while waiting.
   */
  enter(signal: AbortSignal, limitMs: number): Promise<() => void>;
}

/** Makes a bulkhead of `maxConcurrent` places; ten times as many calls may wait. */
export function createBulkhead(maxConcurrent: number, clock: Clock): Bulkhead {
  const limit = pLimit(maxConcurrent);
  const maxWaiting = maxConcurrent * 10;
  let inside = 0;
  let waiting = 0; // not p-limit's count: that still has those who gave up
  return {
    enter(signal, limitMs) {
      if (inside >= maxConcurrent && waiting >= maxWaiting) {
        return Promise.reject(busy(`${maxWaiting} calls already wait for this target.`));
      }
      const mustWait = inside + waiting >= maxConcurrent;
      waiting++;
      return new Promise((resolve, reject) => {
        let gaveUp = false;
        const stopWaiting = () => {
          waiting--;
          if (!mustWait) return;
          cancelTimer();
          signal.removeEventListener("abort", onAbort);
        };
        const giveUp = (reason: unknown) => {
          gaveUp = true;
          stopWaiting();
          reject(reason);
        };
        const onAbort = () => giveUp(signal.reason);
        const timeOver = () => giveUp(busy("No place was free at this target in time."));
        const cancelTimer = mustWait ? clock.setTimer(Math.max(0, limitMs), timeOver) : () => {};
        if (signal.aborted) return onAbort();
        if (mustWait) signal.addEventListener("abort", onAbort, { once: true });
        void limit(() => {
          if (gaveUp) return;
          stopWaiting();
          inside++;
          return new Promise<void>((leave) =>
            resolve(() => {
              inside--;
              leave();
            }),
          );
        });
      });
    },
  };
}

const busy = (message: string) => new GatewayError("provider_busy", message);
