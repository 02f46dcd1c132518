import type { Clock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";

/** Knows the calls in flight, so that closing can wait for them. */
export interface CallRegister {
  /**
   * Does a call and knows it until its end. The signal that `work` gets aborts when the caller's does, or when the
   * register ends the call.
   *
   * @throws `switched_off` after `close`.
   */
  track<Result>(
    work: (signal: AbortSignal) => Promise<Result>,
    callerSignal: AbortSignal | undefined,
  ): Promise<Result>;
  /**
   * Refuses new calls and resolves when those in flight have ended. Those that have not after ten seconds are aborted, and
   * have one more to settle and be written down.
   */
  close(clock: Clock): Promise<void>;
}

interface RunningCall {
  readonly ended: Promise<unknown>;
  abort(): void;
}

/** A reader that has stopped reading its stream must not hold a shutdown for ever. */
const graceMs = 10_000;
const settleMs = 1_000;

/** Makes an empty register. */
export function createCallRegister(): CallRegister {
  const running = new Set<RunningCall>();
  let closed = false;

  async function untilFinished(limitMs: number, clock: Clock): Promise<void> {
    let cancel = () => {};
    const limit = new Promise<void>((resolve) => {
      cancel = clock.setTimer(limitMs, resolve);
    });
    await Promise.race([Promise.allSettled([...running].map(({ ended }) => ended)), limit]);
    cancel();
  }

  return {
    async track(work, callerSignal) {
      if (closed)
        throw new GatewayError("switched_off", "The service is shutting down. Please try again in a moment.");
      const ending = new AbortController();
      const follow = () => ending.abort(callerSignal?.reason);
      if (callerSignal?.aborted) follow();
      else callerSignal?.addEventListener("abort", follow, { once: true });
      const ended = work(ending.signal);
      const call: RunningCall = {
        ended,
        abort: () => ending.abort(new GatewayError("aborted", "The service is shutting down.")),
      };
      running.add(call);
      try {
        return await ended;
      } finally {
        callerSignal?.removeEventListener("abort", follow);
        running.delete(call);
      }
    },
    async close(clock) {
      closed = true;
      await untilFinished(graceMs, clock);
      for (const call of running) call.abort();
      await untilFinished(settleMs, clock);
    },
  };
}
