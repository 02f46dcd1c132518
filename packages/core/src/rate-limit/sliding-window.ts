import type { Limit } from "./rate-limit-options.js";

/** Requests that came close together; all of them are counted until `windowMs` after `lastMs`. */
interface Burst {
  readonly firstMs: number;
  lastMs: number;
  requests: number;
}

/** Counts the requests of many keys, each in a sliding window of its own. */
export interface SlidingWindow {
  /** Milliseconds until one more request fits; 0 when it fits now. Counts nothing. */
  waitMs(key: string, nowMs: number): number;
  /** Counts one request. */
  add(key: string, nowMs: number): void;
  /** Keys that are remembered. */
  readonly size: number;
}

/** A burst spans at most this part of the window, which bounds the bursts of one key. */
const burstsPerWindow = 16;
/** More than the one key that a call can add, so that forgetting keeps up. */
const forgottenPerCall = 2;

/**
 * A sliding-window log in which requests that come close together share an entry. A request is never counted
 * shorter than its window, so no window of that length ever holds more than the limit, and at most a sixteenth of
 * a window longer. A key costs at most 17 entries, whatever the limit is.
 */
export function slidingWindow(limit: Limit, maxKeys: number): SlidingWindow {
  /** Ordered by last request, so the keys that expire first are in front. */
  const logs = new Map<string, Burst[]>();
  const isOver = (burst: Burst | undefined, nowMs: number) =>
    burst === undefined || nowMs - burst.lastMs >= limit.windowMs;

  function forgetIdleKeys(nowMs: number): void {
    let left = forgottenPerCall;
    for (const [key, bursts] of logs) {
      if (left === 0 || !isOver(bursts.at(-1), nowMs)) return;
      logs.delete(key);
      left -= 1;
    }
  }

  return {
    waitMs(key, nowMs) {
      forgetIdleKeys(nowMs);
      const bursts = logs.get(key)?.filter((burst) => !isOver(burst, nowMs)) ?? [];
      const counted = bursts.reduce((sum, burst) => sum + burst.requests, 0);
      const oldest = bursts[0];
      if (oldest === undefined || counted < limit.requests) return 0;
      return Math.ceil(oldest.lastMs + limit.windowMs - nowMs);
    },
    add(key, nowMs) {
      const bursts = logs.get(key)?.filter((burst) => !isOver(burst, nowMs)) ?? [];
      const newest = bursts.at(-1);
      if (newest !== undefined && nowMs - newest.firstMs < limit.windowMs / burstsPerWindow) {
        newest.lastMs = nowMs;
        newest.requests += 1;
      } else {
        bursts.push({ firstMs: nowMs, lastMs: nowMs, requests: 1 });
      }
      logs.delete(key);
      logs.set(key, bursts);
      const [idleLongest] = logs.size > maxKeys ? logs.keys() : [];
      if (idleLongest !== undefined) logs.delete(idleLongest);
    },
    get size() {
      return logs.size;
    },
  };
}
