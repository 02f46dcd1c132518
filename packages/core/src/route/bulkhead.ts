import pLimit from "p-limit";
import { GatewayError } from "../errors/gateway-error.js";

/** Lets a bounded number of calls through to one target, and a bounded number wait. */
export interface Bulkhead {
  /**
   * Resolves with the function that gives the place back.
   *
   * @throws `provider_busy` when too many wait already; the signal's reason when it aborts while waiting.
   */
  enter(signal: AbortSignal): Promise<() => void>;
}

/** Makes a bulkhead of `maxConcurrent` places; ten times as many calls may wait. */
export function createBulkhead(maxConcurrent: number): Bulkhead {
  const limit = pLimit(maxConcurrent);
  const maxWaiting = maxConcurrent * 10;
  return {
    enter(signal) {
      if (limit.activeCount >= maxConcurrent && limit.pendingCount >= maxWaiting) {
        return Promise.reject(
          new GatewayError("provider_busy", `${maxWaiting} calls already wait for this target.`),
        );
      }
      return new Promise((resolve, reject) => {
        const onAbort = () => reject(signal.reason);
        signal.addEventListener("abort", onAbort, { once: true });
        void limit(() => {
          signal.removeEventListener("abort", onAbort);
          if (signal.aborted) return reject(signal.reason);
          return new Promise<void>((leave) => resolve(leave));
        });
      });
    },
  };
}
