import type { StoredEvent, StreamStore, StreamWriter } from "./stream-store.js";

/** What {@link openRecording} needs to know of a stream. */
export interface RecordedStream {
  readonly store: StreamStore;
  /** Without any the stream is not kept. */
  readonly names: readonly string[];
  readonly stop: () => void;
  /** Is told, once, why the stream can't be replayed from here on; no error means that it has outgrown its store. */
  onLost(error?: unknown): void;
}

/** A stream on its way into the store. */
export interface Recording {
  /** The text of each batch, once it is stored. */
  follow(
    first: IteratorResult<readonly StoredEvent[], void>,
    rest: AsyncIterator<readonly StoredEvent[], void, void>,
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
  const write = (events: readonly StoredEvent[]) =>
    attempt(async () => {
      if (!isLost && (await writer?.write(events)) === "outgrown") lose();
    });

  if (!isLost) {
    await attempt(async () => {
      writer = await store.open(names, { stop });
    });
  }
  return {
    async *follow(first, rest) {
      for (let next = first; next.done !== true; next = await rest.next()) {
        await write(next.value);
        yield next.value.map(({ text }) => text).join("");
      }
      // What is incomplete must not be replayed as if it were whole.
      await attempt(() => (hasGap ? writer?.discard() : writer?.close()));
    },
    discard: () => attempt(() => writer?.discard()),
  };
}
