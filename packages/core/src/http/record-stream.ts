import type { EventBatch, EventBatches } from "./event-stream.js";
import type { StreamStore, StreamWriter } from "./stream-store.js";

/** What {@link openRecording} needs to know of a stream. */
export interface RecordedStream {
  readonly store: StreamStore;
  /** Without any the stream is not kept. */
  readonly names: readonly string[];
  readonly stop: () => void;
  /** Is told, once, why the stream can't be replayed; no error means that the store has no room for it. */
  onLost(error?: unknown): void;
}

/** A stream on its way into the store. */
export interface Recording {
  /** Stores each batch, then hands out its text. */
  follow(first: EventBatch | undefined, rest: EventBatches): AsyncGenerator<string, void, void>;
  /** As if the stream had never been. */
  discard(): Promise<void>;
}

/** Begins to store a stream. A store that fails costs the replay, never the reply. */
export async function openRecording({ store, names, stop, onLost }: RecordedStream): Promise<Recording> {
  /** Absent when there is nothing to write to: no name, not opened, closed, discarded. */
  let writer: StreamWriter | undefined;
  let isTold = false;
  const tell = (error?: unknown) => {
    if (!isTold) onLost(error);
    isTold = true;
  };
  async function discard(): Promise<void> {
    const discarded = writer;
    writer = undefined;
    try {
      await discarded?.discard();
    } catch (error) {
      tell(error);
    }
  }
  async function write({ events, isLast }: EventBatch): Promise<void> {
    try {
      const outcome = writer?.write(events); // the memory's store answers at once: nothing is awaited for a part
      if ((typeof outcome === "string" ? outcome : await outcome) === "outgrown") tell();
      if (!isLast) return;
      await writer?.close();
      writer = undefined;
    } catch (error) {
      tell(error);
      await discard(); // what has a gap must not be replayed as if it were whole
    }
  }

  try {
    if (names.length > 0) writer = await store.open(names, { stop });
  } catch (error) {
    tell(error);
  }
  return {
    async *follow(first, rest) {
      try {
        for (let batch = first; batch !== undefined; batch = await rest.next()) {
          await write(batch);
          yield batch.text;
        }
      } finally {
        await discard(); // only if it has no end
      }
    },
    discard,
  };
}
