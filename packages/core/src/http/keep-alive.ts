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
  let endWait: (() => void) | undefined;
  let ended = false;

  /** The frame, or a comment when it takes longer than the interval, or the end when the consumer stops. */
  const frameInTime = (frame: Promise<IteratorResult<string, void>>) =>
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
      const result = await frameInTime(awaited);
      if (result !== comment) awaited = undefined;
      ended ||= result.done === true;
      return result;
    },
    async return() {
      if (ended) return end;
      ended = true;
      leave();
      endWait?.();
      return end;
    },
  };
}
