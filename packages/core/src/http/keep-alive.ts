import type { Clock } from "../clock.js";

/** A comment: server-sent events ignore it, proxies see a living connection. */
const comment: IteratorResult<string, void> = { done: false, value: ": keep-alive\n\n" };
const end: IteratorResult<string, void> = { done: true, value: undefined };

/**
 * Passes frames on and fills long waits with comments. When the consumer stops early, `leave` is called at once, also
 * while a frame is awaited, and decides what becomes of the frames; a generator's own `return` would wait for that frame
 * first.
 */
export function withKeepAlive(
  frames: AsyncIterator<string, void, void>,
  { intervalMs, clock, leave }: { intervalMs: number; clock: Clock; leave(): void },
): AsyncIterableIterator<string, void, void> & { return(): Promise<IteratorResult<string, void>> } {
  let awaited: Promise<IteratorResult<string, void>> | undefined;
  /** Answers the consumer that waits, with a comment or the end in the frame's place. */
  let answer: ((result: IteratorResult<string, void>) => void) | undefined;
  let waitsSinceMs = 0;
  /** One timer for many frames: to set one for each would cost more than to pass it on. */
  let cancelTimer: (() => void) | undefined;
  let ended = false;

  function setTimer(delayMs: number): void {
    cancelTimer = clock.setTimer(delayMs, () => {
      cancelTimer = undefined;
      if (answer === undefined) return;
      const restMs = waitsSinceMs + intervalMs - clock.monotonic();
      if (restMs > 0) return setTimer(restMs);
      answer(comment);
      answer = undefined;
    });
  }
  function stopTimer(): void {
    cancelTimer?.();
    cancelTimer = undefined;
  }

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (ended) return Promise.resolve(end);
      awaited ??= frames.next();
      const frame = awaited;
      return new Promise((resolve, reject) => {
        answer = resolve;
        waitsSinceMs = clock.monotonic();
        if (cancelTimer === undefined) setTimer(intervalMs);
        frame.then(
          (result) => {
            if (answer !== resolve) return; // a comment was faster, or the consumer has left
            answer = undefined;
            awaited = undefined;
            ended = result.done === true;
            if (ended) stopTimer();
            resolve(result);
          },
          (error: unknown) => {
            stopTimer();
            reject(error);
          },
        );
      });
    },
    async return() {
      if (ended) return end;
      ended = true;
      leave();
      stopTimer();
      answer?.(end);
      answer = undefined;
      return end;
    },
  };
}
