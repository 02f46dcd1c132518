import type { Clock } from "../clock.js";

/** A comment: server-sent events ignore it, proxies see a living connection. */
const comment: IteratorResult<string, void> = { done: false, value: ": keep-alive\n\n" };
const end: IteratorResult<string, void> = { done: true, value: undefined };

/**
 * Passes frames on and fills long waits with comments. When the consumer stops early, `stop` is called at once, also
 * while a frame is awaited; a generator's own `return` would wait for that frame first.
 */
export function withKeepAlive(
  frames: AsyncGenerator<string, void, void>,
  { intervalMs, clock, stop }: { intervalMs: number; clock: Clock; stop(): void },
): AsyncIterableIterator<string> {
  let awaited: Promise<IteratorResult<string, void>> | undefined;
  let endWait: (() => void) | undefined;
  let ended = false;

  /** The frame, or a comment when it takes longer than the interval, or the end when the consumer stops. */
  const firstOf = (frame: Promise<IteratorResult<string, void>>) =>
    new Promise<IteratorResult<string, void>>((resolve, reject) => {
      const cancelTimer = clock.setTimer(intervalMs, () => resolve(comment));
      endWait = () => {
        cancelTimer();
        resolve(end);
      };
      frame.finally(cancelTimer).then(resolve, reject);
    });

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (ended) return end;
      awaited ??= frames.next();
      const result = await firstOf(awaited);
      if (result !== comment) awaited = undefined;
      ended ||= result.done === true;
      return result;
    },
    async return() {
      if (ended) return end;
      ended = true;
      stop();
      endWait?.();
      frames.return().catch(() => {}); // the consumer is gone: nobody is left to be told
      return end;
    },
  };
}
