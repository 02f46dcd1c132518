import { GatewayError } from "../errors/gateway-error.js";

/** Hands things over one at a time, from who makes them to who takes them. */
export interface Handover<Item> {
  /** Resolves when the taker has come back for more; rejects when it has gone, or still has what was given before. */
  readonly give: (items: readonly Item[]) => Promise<void>;
  /** Rejects what is being given. */
  fail(reason: unknown): void;
  /**
   * Begins `work` and yields what it gives; throws what it throws. When the taker stops early, `give` rejects, and the
   * work's end is waited for.
   */
  take<Result>(work: () => Promise<Result>): AsyncGenerator<Item, Result, void>;
}

interface Given<Item> {
  readonly items: readonly Item[];
  taken(): void;
  reject(reason: unknown): void;
}

const oneAtATime = "A part was shown before the one before it was taken: wait for `show`.";

/** Makes a handover for one maker and one taker. */
export function createHandover<Item>(): Handover<Item> {
  let given: Given<Item> | undefined;
  /** Set when the taker has gone. */
  let gone: GatewayError | undefined;
  let wake = () => {};
  const fail = (reason: unknown) => {
    given?.reject(reason);
    given = undefined;
  };
  return {
    fail,
    give(items) {
      if (items.length === 0) return Promise.resolve();
      return new Promise((taken, reject) => {
        if (gone !== undefined) return reject(gone);
        if (given !== undefined) return reject(new GatewayError("internal", oneAtATime));
        given = { items, taken, reject };
        wake();
      });
    },
    async *take(work) {
      let isOver = false;
      const noteEnd = () => {
        isOver = true;
        wake();
      };
      const result = work();
      const ended = result.then(noteEnd, noteEnd);
      try {
        for (;;) {
          while (given === undefined && !isOver)
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          if (given === undefined) return await result;
          const taking = given;
          for (const item of taking.items) yield item;
          if (given === taking) given = undefined; // it may have failed, and something else been given
          taking.taken();
        }
      } finally {
        if (!isOver) {
          gone = new GatewayError("aborted", "The reader of the reply stopped.");
          fail(gone);
          await ended;
        }
      }
    },
  };
}
