import type { Clock } from "../clock.js";
import type { StoredEvent, WriteOutcome } from "./stream-store.js";

/** How much is kept, for how long. */
export interface ShelfBounds {
  readonly maxStreams: number;
  readonly maxStreamBytes: number;
  readonly maxTotalBytes: number;
  readonly ttlMs: number;
}

/** A stream in memory. */
export interface KeptStream {
  readonly names: Set<string>;
  readonly stop: () => void;
  /** Absent when they are no longer kept. */
  events: StoredEvent[] | undefined;
  bytes: number;
  /** Absent while it runs. */
  endedMs: number | undefined;
  /** Called when something has changed, once each. */
  readonly waiting: Set<() => void>;
}

/** Streams by name, within bounds. */
export interface StreamShelf {
  begin(names: readonly string[], stop: () => void): KeptStream;
  find(name: string): KeptStream | undefined;
  write(stream: KeptStream, events: readonly StoredEvent[]): WriteOutcome;
  end(stream: KeptStream): void;
  forget(stream: KeptStream): void;
  size(): ShelfSize;
}

/** Streams whose events are kept, and what these take. */
export interface ShelfSize {
  readonly streams: number;
  readonly bytes: number;
}

/** Makes an empty shelf. */
export function createStreamShelf(bounds: ShelfBounds, clock: Clock): StreamShelf {
  const names = createNameTable();
  const ended = new Set<KeptStream>(); // oldest first
  const size = { streams: 0, bytes: 0 };
  function dropEvents(stream: KeptStream): void {
    if (stream.events === undefined) return;
    size.streams -= 1;
    size.bytes -= stream.bytes;
    stream.events = undefined;
    wake(stream);
  }
  function forget(stream: KeptStream): void {
    ended.delete(stream);
    names.release(stream);
    dropEvents(stream);
  }
  /** Whether there is room for so much more, once streams that are too old, or in the way, have been forgotten. */
  function makeRoom(more: ShelfSize): boolean {
    const isFull = () =>
      size.streams + more.streams > bounds.maxStreams || size.bytes + more.bytes > bounds.maxTotalBytes;
    const isExpired = ({ endedMs = 0 }: KeptStream) => clock.monotonic() - endedMs >= bounds.ttlMs;
    for (const oldest of ended) {
      if (!isExpired(oldest) && !isFull()) break;
      forget(oldest);
    }
    return !isFull();
  }

  return {
    begin(given, stop) {
      const isKept = makeRoom({ streams: 1, bytes: 0 });
      const stream = newStream(given, stop, isKept);
      if (isKept) size.streams += 1;
      names.take(stream);
      return stream;
    },
    find(name) {
      makeRoom({ streams: 0, bytes: 0 });
      return names.find(name);
    },
    write(stream, events) {
      const bytes = bytesOf(events);
      const fits = stream.bytes + bytes <= bounds.maxStreamBytes && makeRoom({ streams: 0, bytes });
      if (!fits) dropEvents(stream);
      if (stream.events === undefined) return "outgrown";
      size.bytes += bytes;
      append(stream, events, bytes);
      return "kept";
    },
    end(stream) {
      if (stream.endedMs !== undefined) return;
      stream.endedMs = clock.monotonic();
      if (stream.events === undefined) return forget(stream);
      ended.add(stream);
      wake(stream);
    },
    forget,
    size: () => ({ ...size }),
  };
}

/** Which stream has a name now: the latest that took it. */
function createNameTable() {
  const byName = new Map<string, KeptStream>();
  return {
    find: (name: string) => byName.get(name),
    take(stream: KeptStream): void {
      for (const name of stream.names) {
        byName.get(name)?.names.delete(name);
        byName.set(name, stream);
      }
    },
    release(stream: KeptStream): void {
      for (const name of stream.names) byName.delete(name);
      stream.names.clear();
    },
  };
}

/** What events take at most: strings hold a character in one byte or two. */
const bytesOf = (events: readonly StoredEvent[]) =>
  events.reduce((sum, { text }) => sum + overheadBytes + 2 * text.length, 0);
/** An event's object, its place in the list and its string's header; measured on Node 20, rounded up. */
const overheadBytes = 128;

const newStream = (names: readonly string[], stop: () => void, isKept: boolean): KeptStream => ({
  names: new Set(names),
  stop,
  events: isKept ? [] : undefined,
  bytes: 0,
  endedMs: undefined,
  waiting: new Set(),
});

function append(stream: KeptStream, events: readonly StoredEvent[], bytes: number): void {
  stream.events?.push(...events);
  stream.bytes += bytes;
  wake(stream);
}

function wake(stream: KeptStream): void {
  for (const goOn of [...stream.waiting]) goOn();
}
