import type { Clock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";

/** Knows the calls in flight, so that closing can wait for them. */
export interface CallRegister {
  /**
   * Passes a call through and knows it until its end.
   *
   * @throws `switched_off` after `close`.
   */
  track<Item, Result>(work: () => AsyncGenerator<Item, Result, void>): AsyncGenerator<Item, Result, void>;
  /** Refuses new calls and resolves when those in flight have ended, or after ten seconds. */
  close(clock: Clock): Promise<void>;
}

/** A reader that has stopped reading its stream must not hold a shutdown for ever. */
const graceMs = 10_000;

/** Makes an empty register. */
export function createCallRegister(): CallRegister {
  const running = new Set<Promise<void>>();
  let closed = false;
  return {
    async *track<Item, Result>(
      work: () => AsyncGenerator<Item, Result, void>,
    ): AsyncGenerator<Item, Result, void> {
      if (closed)
        throw new GatewayError("switched_off", "The service is shutting down. Please try again in a moment.");
      let finish = () => {};
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      running.add(finished);
      try {
        return yield* work();
      } finally {
        running.delete(finished);
        finish();
      }
    },
    async close(clock) {
      closed = true;
      let cancel = () => {};
      const graceOver = new Promise<void>((resolve) => {
        cancel = clock.setTimer(graceMs, resolve);
      });
      await Promise.race([Promise.all(running), graceOver]);
      cancel();
    },
  };
}
