/** Where the gateway gets its time from; tests pass `manualClock()` of `@levqor/core/testing`. */
export interface Clock {
  /** Wall time, milliseconds since the epoch: for records and calendar windows. */
  now(): number;
  /** Milliseconds that never jump: for durations, limits and timeouts. */
  monotonic(): number;
  /** Calls back once after `delayMs`; the returned function cancels it. A `background` timer keeps no process alive. */
  setTimer(delayMs: number, callback: () => void, options?: { readonly background?: boolean }): () => void;
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delayMs, callback, { background = false } = {}) {
    const timer: { unref?(): void } & ReturnType<typeof setTimeout> = setTimeout(callback, delayMs);
    if (background) timer.unref?.(); // browsers have no such method
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delayMs`; rejects with the signal's reason when it aborts first. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    if (delayMs <= 0) return resolve();
    const onAbort = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.setTimer(delayMs, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
