import type { Clock } from "../clock.js";

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  /** Moves time on and fires the timers that are due, in order; lets promises settle in between. */
  advance(byMs: number): Promise<void>;
  /** Timers that are waiting. */
  readonly pending: number;
}

/** Makes a clock that starts at `startMs` (wall time) and 0 (monotonic). @default 2026-01-01T00:00:00Z */
export function manualClock(startMs = Date.UTC(2026, 0, 1)): ManualClock {
  let elapsedMs = 0;
  const timers = new Set<{ dueMs: number; callback: () => void }>();
  const settlePromises = () => new Promise<void>((resolve) => setImmediate(resolve));
  const nextDue = (untilMs: number) =>
    [...timers].filter((timer) => timer.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  return {
    now: () => startMs + elapsedMs,
    monotonic: () => elapsedMs,
    setTimer(delayMs, callback) {
      const timer = { dueMs: elapsedMs + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(byMs) {
      const untilMs = elapsedMs + byMs;
      await settlePromises();
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        elapsedMs = Math.max(elapsedMs, timer.dueMs);
        timers.delete(timer);
        timer.callback();
        await settlePromises();
      }
      elapsedMs = untilMs;
      await settlePromises();
    },
    get pending() {
      return timers.size;
    },
  };
}
