import type { EventBatch } from "./event-stream.js";
import type { StreamStore, StreamWriter } from "./stream-store.js";

/** What {@link openRecording} needs to know of a stream. */
export interface RecordedStream {
  readonly store: StreamStore;
  /** Without any the stream is not kept. */
  readonly names: readonly string[];
  readonly stop: () => void;
  /** Is told, once, why the stream can't be replayed from here on; no error means that the store has no room for it. */
  onLost(error?: unknown): void;
}

/** A stream on its way into the store. */
export interface Recording {
  /** Stores each batch, then hands out its text. */
  follow(
    first: IteratorResult<EventBatch, void>,
    rest: AsyncIterator<EventBatch, void, void>,
  ): AsyncGenerator<string, void, void>;
  /** As if the stream had never been. */
  discard(): Promise<void>;
}

/** Begins to store a stream. A store that fails costs the replay, never the reply. */
export async function openRecording({ store, names, stop, onLost }: RecordedStream): Promise<Recording> {
  let writer: StreamWriter | undefined;
  let isLost = names.length === 0;
  let hasGap = false;
  const lose = (error?: unknown) => {
    if (!isLost) onLost(error);
    isLost = true;
  };
  const attempt = async (work: () => unknown) => {
    try {
      await work();
    } catch (error) {
      hasGap = true;
      lose(error);
    }
  };
  const discard = () => attempt(() => writer?.discard());
  const write = ({ events, isLast }: EventBatch) =>
    attempt(async () => {
      if (!isLost && (await writer?.write(events)) === "outgrown") lose();
      // What has a gap must not be replayed as if it were whole.
      if (isLast && !hasGap) await writer?.close();
    });

  if (!isLost) {
    await attempt(async () => {
      writer = await store.open(names, { stop });
    });
  }
  return {
    async *follow(first, rest) {
      let isWhole = false;
      try {
        for (let next = first; next.done !== true; next = await rest.next()) {
          await write(next.value);
          isWhole = next.value.isLast && !hasGap;
          yield next.value.events.map(({ text }) => text).join("");
        }
      } finally {
        if (!isWhole) await discard();
      }
    },
    discard,
  };
}
