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
  /** Answers the consumer that waits, also with what is no frame. */
  let answer: ((result: IteratorResult<string, void>) => void) | undefined;
  let ended = false;
  const silence = silenceTimer({ intervalMs, clock, onSilence: () => answerNow(comment) });

  function answerNow(result: IteratorResult<string, void>): void {
    silence.endWait();
    answer?.(result);
    answer = undefined;
  }
  function stop(): void {
    ended = true;
    silence.stop();
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
        silence.beginWait();
        frame.then(
          (result) => {
            if (answer !== resolve) return; // a comment was faster, or the consumer has left
            awaited = undefined;
            if (result.done === true) stop();
            answerNow(result);
          },
          (error: unknown) => {
            silence.stop();
            reject(error);
          },
        );
      });
    },
    async return() {
      if (ended) return end;
      stop();
      leave();
      answerNow(end);
      return end;
    },
  };
}

/** Calls back when a wait is too long. One timer for many waits: to set one for each would cost more than a frame. */
function silenceTimer({
  intervalMs,
  clock,
  onSilence,
}: {
  intervalMs: number;
  clock: Clock;
  onSilence(): void;
}) {
  /** Absent while nobody waits. */
  let waitsSinceMs: number | undefined;
  let cancelTimer: (() => void) | undefined;

  function setTimer(delayMs: number): void {
    cancelTimer = clock.setTimer(delayMs, () => {
      cancelTimer = undefined;
      if (waitsSinceMs === undefined) return;
      const restMs = waitsSinceMs + intervalMs - clock.monotonic();
      if (restMs > 0) setTimer(restMs);
      else onSilence();
    });
  }
  function endWait(): void {
    waitsSinceMs = undefined;
  }
  return {
    beginWait(): void {
      waitsSinceMs = clock.monotonic();
      if (cancelTimer === undefined) setTimer(intervalMs);
    },
    endWait,
    stop(): void {
      endWait();
      cancelTimer?.();
      cancelTimer = undefined;
    },
  };
}
