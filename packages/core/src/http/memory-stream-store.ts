import { type Clock, systemClock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";
import { invalidConfig } from "../errors/invalid-config.js";
import { notPositive } from "./not-positive.js";
import { createStreamShelf, type KeptStream, type ShelfBounds, type ShelfSize } from "./stream-shelf.js";
import type { StoredEvent, StreamReading, StreamStore } from "./stream-store.js";

/** What {@link memoryStreamStore} takes. A character counts as two bytes, each event as 128 more. */
export interface MemoryStreamStoreOptions {
  /** Most streams that can be replayed, running ones included. @default 1000 */
  readonly maxStreams?: number | undefined;
  /** A stream that grows larger can no longer be replayed. @default 4_194_304 (4 MiB) */
  readonly maxStreamBytes?: number | undefined;
  /** All streams together. @default 67_108_864 (64 MiB) */
  readonly maxTotalBytes?: number | undefined;
  /** How long a stream can be replayed after its end, milliseconds. @default 300_000 (5 minutes) */
  readonly ttlMs?: number | undefined;
  /** @default systemClock */
  readonly clock?: Clock | undefined;
}

/** A {@link StreamStore} that tells how full it is. */
export interface MemoryStreamStore extends StreamStore {
  /** Streams that can be replayed, and what their events take. */
  stats(): ShelfSize;
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
  const shelf = createStreamShelf(checkBounds(bounds), clock);
  return {
    open(names, { stop }) {
      const stream = shelf.begin(names, stop);
      return {
        write: (events) => shelf.write(stream, events),
        close: () => shelf.end(stream),
        discard: () => shelf.forget(stream),
      };
    },
    read(name, reading) {
      const stream = shelf.find(name);
      if (stream?.events === undefined || reading.after > stream.events.length) return undefined;
      if (stream.endedMs !== undefined && reading.after === stream.events.length) return undefined;
      return follow(stream, reading);
    },
    stop(name) {
      const stream = shelf.find(name);
      if (stream?.endedMs === undefined) stream?.stop();
    },
    stats: () => shelf.size(),
  };
}

async function* follow(stream: KeptStream, { after, signal }: StreamReading): AsyncGenerator<StoredEvent> {
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
function change(stream: KeptStream, signal: AbortSignal): Promise<void> {
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

function checkBounds(given: Omit<MemoryStreamStoreOptions, "clock">): ShelfBounds {
  const bounds = {
    maxStreams: given.maxStreams ?? 1000,
    maxStreamBytes: given.maxStreamBytes ?? 4 * 1024 * 1024,
    maxTotalBytes: given.maxTotalBytes ?? 64 * 1024 * 1024,
    ttlMs: given.ttlMs ?? 300_000,
  };
  const problems = notPositive(bounds);
  if (problems.length > 0) throw invalidConfig("memoryStreamStore", problems);
  return bounds;
}
