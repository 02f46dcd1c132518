import { type SlidingLog, slidingLog } from "./sliding-log.js";

/** What one caller has used in one dimension. */
export interface CallerCount {
  readonly requests: SlidingLog;
  readonly tokens: SlidingLog;
  /** Calls that hold a permit now; who holds one is never forgotten. */
  running: number;
  lastMs: number;
}

/** The counts of all callers of one dimension, at most `maxKeys` of them. */
export interface CallerCounts {
  find(key: string): CallerCount | undefined;
  /** The caller's count, made when it is new, and marked as used now. */
  touch(key: string, nowMs: number): CallerCount;
  /** Forgets callers who were idle for `idleMs`, a few at a time. */
  forgetIdle(idleMs: number, nowMs: number): void;
  readonly size: number;
}

/** More than the one caller that a call can add, so that forgetting keeps up. */
const forgottenPerCall = 2;

/** Makes empty {@link CallerCounts}. */
export function callerCounts(maxKeys: number): CallerCounts {
  /** Ordered by last use, so the callers who are idle longest are in front. */
  const counts = new Map<string, CallerCount>();

  function forgetLongestIdle(): void {
    for (const [key, count] of counts) {
      if (count.running > 0) continue;
      counts.delete(key);
      return;
    }
  }

  return {
    find: (key) => counts.get(key),
    touch(key, nowMs) {
      const known = counts.get(key);
      const count = known ?? { requests: slidingLog(), tokens: slidingLog(), running: 0, lastMs: nowMs };
      count.lastMs = nowMs;
      if (known !== undefined) counts.delete(key);
      else if (counts.size >= maxKeys) forgetLongestIdle();
      counts.set(key, count);
      return count;
    },
    forgetIdle(idleMs, nowMs) {
      let left = forgottenPerCall;
      for (const [key, count] of counts) {
        if (left === 0 || nowMs - count.lastMs < idleMs) return;
        left -= 1;
        counts.delete(key);
        if (count.running === 0) continue;
        count.lastMs = nowMs;
        counts.set(key, count);
      }
    },
    get size() {
      return counts.size;
    },
  };
}
