import type { Clock } from "@levqor/core";

/** Collects items while a batch is being written; they make the next one. One batch at a time, in order. */
export interface Batches<Item> {
  /** Resolves when the item's batch is written. Rejects at once when too many wait, and with what the write throws. */
  add(item: Item): Promise<void>;
  /** Runs `work` when everything before it is done. */
  turn(work: () => Promise<void>): Promise<void>;
  readonly pending: number;
}

/** Makes {@link Batches} that wait for their turn at most `timeoutMs`: a store that hangs must not hold up calls for longer. */
export function batches<Item>(options: {
  readonly write: (items: readonly Item[]) => Promise<void>;
  readonly maxBatch: number;
  readonly maxPending: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
}): Batches<Item> {
  const { write, maxBatch, maxPending, timeoutMs, clock } = options;
  let last: Promise<unknown> = Promise.resolve();
  let filling: { readonly items: Item[]; readonly written: Promise<void> } | undefined;
  let pending = 0;

  function turn(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    last = done.catch(() => {}); // who asked for it is told
    return done;
  }

  function startBatch() {
    const items: Item[] = [];
    const latestMs = clock.monotonic() + timeoutMs;
    const written = turn(async () => {
      if (filling?.items === items) filling = undefined;
      try {
        if (clock.monotonic() >= latestMs) throw new Error("Those before did not get through in time.");
        await write(items);
      } finally {
        pending -= items.length;
      }
    });
    return { items, written };
  }

  return {
    async add(item) {
      if (pending >= maxPending) throw new Error("Too many records wait for PostgreSQL.");
      pending += 1;
      if (filling === undefined || filling.items.length >= maxBatch) filling = startBatch();
      filling.items.push(item);
      await filling.written;
    },
    turn,
    get pending() {
      return pending;
    },
  };
}
