import { type Clock, systemClock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";
import { invalidConfig } from "../errors/invalid-config.js";
import type { StoredEvent, StreamReading, StreamStore, WriteOutcome } from "./stream-store.js";

/** What {@link memoryStreamStore} takes. A character counts as two bytes. */
export interface MemoryStreamStoreOptions {
  /** Most streams that can be replayed, running ones included. @default 1000 */
  readonly maxStreams?: number | undefined;
  /** A stream that grows larger can no longer be replayed. @default 4_194_304 (4 MiB) */
  readonly maxStreamBytes?: number | undefined;
  /** All streams together. @default 67_108_864 (64 MiB) */
  readonly maxTotalBytes?: number | undefined;
  /** How long a stream can be replayed after its end, milliseconds. @default 300_000 (5 minutes) */
  readonly ttlMs?: number | undefined;
  /** @default the machine's own time */
  readonly clock?: Clock | undefined;
}

/** A {@link StreamStore} that tells how full it is. */
export interface MemoryStreamStore extends StreamStore {
  /** Streams that can be replayed, and what their events take. */
  stats(): { readonly streams: number; readonly bytes: number };
}

interface Stream {
  readonly names: Set<string>;
  readonly stop: () => void;
  /** Absent when they are no longer kept. */
  events: StoredEvent[] | undefined;
  bytes: number;
  endedMs: number | undefined;
  /** Called when something has changed, once each. */
  readonly waiting: Set<() => void>;
}

/**
 * Keeps streams in this process, within bounds. Room is made by forgetting streams that are over, the oldest first. When
 * that is not enough, the stream that wants to grow gives way: it runs on for whoever reads it live, and can still be
 * stopped, but not be replayed.
 *
 * @throws `invalid_config` when a bound makes no sense.
 */
export function memoryStreamStore(options: MemoryStreamStoreOptions = {}): MemoryStreamStore {
  const { clock = systemClock, ...bounds } = options;
  const { maxStreams, maxStreamBytes, maxTotalBytes, ttlMs } = checkBounds(bounds);
  const byName = new Map<string, Stream>();
  const ended = new Set<Stream>(); // oldest first
  let streams = 0;
  let bytes = 0;

  function dropEvents(stream: Stream): void {
    if (stream.events === undefined) return;
    streams -= 1;
    bytes -= stream.bytes;
    stream.events = undefined;
    wake(stream);
  }
  function forget(stream: Stream): void {
    ended.delete(stream);
    for (const name of stream.names) byName.delete(name);
    stream.names.clear();
    dropEvents(stream);
  }
  function forgetExpired(): void {
    for (const stream of ended) {
      if (clock.monotonic() - (stream.endedMs ?? 0) < ttlMs) break;
      forget(stream);
    }
  }
  /** Whether there is room for so much more, once old streams have been forgotten. */
  function makeRoom(more: { streams: number; bytes: number }): boolean {
    forgetExpired();
    const isFull = () => streams + more.streams > maxStreams || bytes + more.bytes > maxTotalBytes;
    for (const oldest of ended) {
      if (!isFull()) break;
      forget(oldest);
    }
    return !isFull();
  }
  function takeName(name: string, stream: Stream): void {
    byName.get(name)?.names.delete(name);
    byName.set(name, stream);
  }

  function write(stream: Stream, events: readonly StoredEvent[]): WriteOutcome {
    const size = events.reduce((sum, { text }) => sum + 2 * text.length, 0);
    const fits = stream.bytes + size <= maxStreamBytes && makeRoom({ streams: 0, bytes: size });
    if (!fits) dropEvents(stream);
    if (stream.events === undefined) return "outgrown";
    stream.events.push(...events);
    stream.bytes += size;
    bytes += size;
    wake(stream);
    return "kept";
  }
  function close(stream: Stream): void {
    if (stream.endedMs !== undefined) return;
    stream.endedMs = clock.monotonic();
    ended.add(stream);
    if (stream.events === undefined) forget(stream);
    else wake(stream);
  }

  return {
    open(names, { stop }) {
      const isKept = makeRoom({ streams: 1, bytes: 0 });
      const events = isKept ? [] : undefined;
      const stream: Stream = {
        names: new Set(names),
        stop,
        events,
        bytes: 0,
        endedMs: undefined,
        waiting: new Set(),
      };
      if (isKept) streams += 1;
      for (const name of stream.names) takeName(name, stream);
      return {
        write: (events) => write(stream, events),
        close: () => close(stream),
        discard: () => forget(stream),
      };
    },
    read(name, reading) {
      forgetExpired();
      const stream = byName.get(name);
      if (stream?.events === undefined || reading.after > stream.events.length) return undefined;
      if (stream.endedMs !== undefined && reading.after === stream.events.length) return undefined;
      return follow(stream, reading);
    },
    stop(name) {
      const stream = byName.get(name);
      if (stream?.endedMs === undefined) stream?.stop();
    },
    stats: () => ({ streams, bytes }),
  };
}

async function* follow(stream: Stream, { after, signal }: StreamReading): AsyncGenerator<StoredEvent> {
  for (let read = after; !signal.aborted; ) {
    if (stream.events === undefined) {
      throw new GatewayError("not_found", "The rest of this stream is no longer kept.");
    }
    const event = stream.events[read];
    if (event !== undefined) {
      read += 1;
      yield event;
    } else if (stream.endedMs === undefined) await change(stream, signal);
    else return;
  }
}

/** Resolves when the stream has changed, or the reader has left. */
function change(stream: Stream, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      stream.waiting.delete(goOn);
      signal.removeEventListener("abort", goOn);
      resolve();
    };
    stream.waiting.add(goOn);
    signal.addEventListener("abort", goOn, { once: true });
  });
}

function wake(stream: Stream): void {
  for (const goOn of [...stream.waiting]) goOn();
}

function checkBounds(given: Omit<MemoryStreamStoreOptions, "clock">) {
  const bounds = {
    maxStreams: given.maxStreams ?? 1000,
    maxStreamBytes: given.maxStreamBytes ?? 4 * 1024 * 1024,
    maxTotalBytes: given.maxTotalBytes ?? 64 * 1024 * 1024,
    ttlMs: given.ttlMs ?? 300_000,
  };
  const problems = Object.entries(bounds)
    .filter(([, value]) => !(Number.isFinite(value) && value > 0))
    .map(([name]) => `${name}: must be a number more than 0`);
  if (problems.length > 0) throw invalidConfig("memoryStreamStore", problems);
  return bounds;
}
