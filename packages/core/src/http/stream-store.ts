/** One server-sent event of a stream. */
export interface StoredEvent {
  /** Its place: 1, 2, 3 … without gaps. */
  readonly id: number;
  /** As it goes over the wire, its `id:` line and the closing blank line included. */
  readonly text: string;
}

/** What became of events that were written: `outgrown` when the stream can no longer be replayed. */
export type WriteOutcome = "kept" | "outgrown";

/** Writes one stream into a store. */
export interface StreamWriter {
  /** Adds events, in order. They are sent to the live reader only afterwards, so this should not take long. */
  write(events: readonly StoredEvent[]): WriteOutcome | Promise<WriteOutcome>;
  /** The stream is over; it can be replayed for as long as the store keeps it. */
  close(): void | Promise<void>;
  /** The stream has shown nothing worth keeping: as if it had never been. */
  discard(): void | Promise<void>;
}

/** Where one reader begins, and when it leaves. */
export interface StreamReading {
  /** The last event it has; 0 for none. */
  readonly after: number;
  /** Ends the reading; it then ends without an error. */
  readonly signal: AbortSignal;
}

/**
 * Keeps the events of streams for a while, so that a client which lost its connection can go on where it was. A store
 * that several processes share lets them resume and stop each other's streams.
 *
 * Names are made by the gateway and hold who may use them; a store compares them, whole, and nothing else.
 */
export interface StreamStore {
  /**
   * Begins a stream under all its names. A name belongs to the latest stream that was opened with it; the one before
   * keeps its other names.
   *
   * `stop` stops the stream; the store calls it, in the process that opened the stream, when that is asked for.
   */
  open(
    names: readonly string[],
    options: { readonly stop: () => void },
  ): StreamWriter | Promise<StreamWriter>;
  /**
   * The events after `after`: those that are there, then each as it is written, to the stream's end. Nothing when there
   * is no such stream, when it never got as far as `after`, and when it is over and has no more. The iteration rejects
   * with `not_found` when what comes next is no longer kept.
   */
  read(
    name: string,
    reading: StreamReading,
  ): AsyncIterable<StoredEvent> | undefined | Promise<AsyncIterable<StoredEvent> | undefined>;
  /** Stops the stream, wherever it runs. Does nothing when there is none, or when it is over. */
  stop(name: string): void | Promise<void>;
}
