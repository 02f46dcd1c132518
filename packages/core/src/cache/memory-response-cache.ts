import { LRUCache } from "lru-cache";
import { type Clock, systemClock } from "../clock.js";
import { invalidConfig } from "../errors/invalid-config.js";
import type { CachedReply, CacheKey, CacheLookup, CacheStats, ResponseCache } from "./response-cache.js";
import { singleFlight } from "./single-flight.js";

/** What {@link memoryResponseCache} takes. */
export interface MemoryResponseCacheOptions {
  /** Most replies kept; beyond it the one that was unused longest goes. @default 1000 */
  readonly maxEntries?: number | undefined;
  /** Longest wait for an identical call in flight, milliseconds. @default 15_000 */
  readonly maxWaitMs?: number | undefined;
  /** @default the machine's own time */
  readonly clock?: Clock | undefined;
}

interface Entry {
  readonly reply: CachedReply;
  readonly expiresAtMs: number;
}

/**
 * Keeps replies in this process: exact match, least recently used goes first, each with its own time to live.
 * Replies are copied on the way in and on the way out, so nobody can change what others will read. A reply that
 * can't be copied (it holds a function, say) is not kept.
 *
 * @throws `invalid_config` when `maxEntries` makes no sense.
 */
export function memoryResponseCache(options: MemoryResponseCacheOptions = {}): ResponseCache {
  const { maxEntries = 1000, maxWaitMs = 15_000, clock = systemClock } = options;
  const problems: string[] = [];
  if (!(Number.isSafeInteger(maxEntries) && maxEntries > 0)) {
    problems.push("maxEntries: must be a positive integer (a task's cacheTtlMs 0 turns caching off)");
  }
  if (!(maxWaitMs > 0)) problems.push("maxWaitMs: must be more than 0");
  if (problems.length > 0) throw invalidConfig("Response cache", problems);
  let evictions = 0;
  const entries = new LRUCache<string, Entry>({
    max: maxEntries,
    dispose: (_entry, _id, reason) => {
      if (reason === "evict") evictions += 1;
    },
  });
  const flights = singleFlight<CachedReply>({ clock, maxWaitMs });
  let hits = 0;
  let misses = 0;

  function hit(reply: CachedReply): CacheLookup {
    hits += 1;
    return { state: "hit", reply: copyOf(reply) };
  }
  function miss(id: string, land: (reply: CachedReply | undefined) => void): CacheLookup {
    misses += 1;
    let ended = false;
    return {
      state: "miss",
      store(reply, ttlMs) {
        if (ended) return;
        ended = true;
        const copy = storable(reply);
        if (copy !== undefined && ttlMs > 0) {
          entries.set(id, { reply: copy, expiresAtMs: clock.monotonic() + ttlMs });
        }
        land(copy);
      },
      abandon() {
        ended = true;
        land(undefined);
      },
    };
  }

  return {
    lookup(key, { signal }) {
      if (signal.aborted) return Promise.reject(signal.reason);
      const id = idOf(key);
      const entry = entries.get(id);
      if (entry !== undefined && clock.monotonic() < entry.expiresAtMs) return hit(entry.reply);
      entries.delete(id);
      const landing = flights.join(id, signal);
      if (landing === undefined) return miss(id, flights.begin(id));
      // When the one in front fails, all who waited go on at once: queueing again would make them fail one by one.
      return landing.then((reply) => (reply === undefined ? miss(id, () => {}) : hit(reply)));
    },
    stats: (): CacheStats => ({ size: entries.size, hits, misses, evictions }),
  };
}

/** Partition and key as one text that no other pair has. */
const idOf = ({ partition, key }: CacheKey) => `${partition.length}:${partition}${key}`;

/** A structured clone of the whole would cost a plain text ten times as much. */
const copyOf = (reply: CachedReply): CachedReply => ({
  ...reply,
  ...(reply.value === undefined ? {} : { value: structuredClone(reply.value) }),
  ...(reply.usage === undefined ? {} : { usage: { ...reply.usage } }),
});

function storable(reply: CachedReply): CachedReply | undefined {
  try {
    return copyOf(reply);
  } catch {
    return undefined;
  }
}
