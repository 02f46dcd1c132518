import {
  type CachedReply,
  type CacheLookup,
  type CacheStats,
  type Clock,
  type ResponseCache,
  systemClock,
} from "@levqor/core";
import { singleFlight } from "@levqor/core/stores";
import { openStore, type RedisStoreOptions } from "../connection/open-store.js";
import { keptEntries } from "./kept-entries.js";
import { type FlightAnswer, type ReplyPlace, type ReplyToLand, sharedFlights } from "./shared-flight.js";

/** What {@link redisResponseCache} takes. */
export interface RedisResponseCacheOptions extends RedisStoreOptions {
  /** Longest wait for an identical call in flight, here or in another process, milliseconds. @default 15_000 */
  readonly maxWaitMs?: number | undefined;
  /** A reply that is larger is not kept, bytes. @default 1_048_576 (1 MiB) */
  readonly maxEntryBytes?: number | undefined;
  /** @default the server's own time */
  readonly clock?: Clock | undefined;
}

/** Numbers since start, of this process. */
export interface RedisCacheStats extends CacheStats {
  /** Replies that this process has stored and that are still kept, 10_000 at most. */
  readonly size: number;
  /** Entries that were deleted and not served: broken, of another version, of another owner. */
  readonly poisoned: number;
  /** Times that Redis did not answer: a lookup is then a miss that says so, and nothing is stored. */
  readonly failures: number;
}

/** A cache that all processes share. */
export interface RedisResponseCache extends ResponseCache {
  stats(): RedisCacheStats;
}

/**
 * Keeps replies in Redis, exact match, each with its own time to live. Of identical calls in flight, in whatever
 * process, one is made; the others wait for its reply, but not without end. Whatever goes wrong with Redis is a miss.
 *
 * An entry holds whose it is: one that was copied, spoilt or written by another version is deleted, never served.
 * A reply that is no JSON (it holds a date, say) is not kept.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 * @example
 * redisResponseCache({ client: new Redis() });
 */
export function redisResponseCache(options: RedisResponseCacheOptions): RedisResponseCache {
  const { maxWaitMs = 15_000, maxEntryBytes = 1_048_576, clock } = options;
  const bounds = Object.entries({ maxWaitMs, maxEntryBytes }).filter(
    ([, bound]) => !(bound > 0 && bound < 2 ** 31),
  );
  const problems = bounds.map(([name]) => `${name}: must be more than 0 and less than 2^31`);
  const { connection, prefix } = openStore(options, "redisResponseCache", problems);
  const { counts, hit, miss } = countedLookups();
  const kept = keptEntries(clock ?? systemClock);
  const onPoisoned = () => {
    counts.poisoned += 1;
  };
  const shared = sharedFlights({ connection, prefix, maxWaitMs, maxEntryBytes, clock, onPoisoned });
  const flights = singleFlight<CachedReply>({ clock: clock ?? systemClock, maxWaitMs });

  async function landShared(place: ReplyPlace, asker: string, landed: ReplyToLand | undefined) {
    try {
      await shared.land(place, asker, landed);
      if (landed !== undefined && landed.ttlMs > 0) kept.add(place.owner, landed.ttlMs);
    } catch {
      counts.failures += 1;
    }
  }
  /** The first of this process to ask: looks into Redis for all who ask meanwhile. */
  async function depart(place: ReplyPlace): Promise<CacheLookup> {
    const landHere = flights.begin(place.owner);
    const asker = crypto.randomUUID();
    let answer: FlightAnswer;
    try {
      answer = await shared.find(place, asker);
    } catch {
      counts.failures += 1;
      return miss((landed) => landHere(copyOf(landed?.reply)), { storeDown: true });
    }
    if (answer.state === "hit") {
      landHere(answer.reply);
      return hit(answer.reply);
    }
    // Those who waited for another process in vain all go on at once.
    if (!answer.leads) landHere(undefined);
    return miss((landed) => {
      landHere(copyOf(landed?.reply));
      return landShared(place, asker, landed);
    });
  }

  return {
    async lookup(key, { signal }) {
      signal.throwIfAborted();
      const place = shared.placeOf(key);
      const landing = flights.join(place.owner, signal);
      if (landing === undefined) return await unlessAborted(depart(place), signal);
      const reply = await landing;
      if (reply !== undefined) return hit(reply);
      return miss((landed) => landShared(place, "", landed));
    },
    stats: () => ({ size: kept.size(), evictions: 0, ...counts }),
  };
}

/** Makes lookups and counts them. */
function countedLookups() {
  const counts = { hits: 0, misses: 0, poisoned: 0, failures: 0 };
  return {
    counts,
    hit(reply: CachedReply): CacheLookup {
      counts.hits += 1;
      return { state: "hit", reply: structuredClone(reply) };
    },
    /** `land` ends the flight; it is called once. */
    miss(
      land: (landed: ReplyToLand | undefined) => void | Promise<void>,
      { storeDown = false } = {},
    ): CacheLookup {
      counts.misses += 1;
      let isOver = false;
      const end = (landed: ReplyToLand | undefined) => {
        if (isOver) return;
        isOver = true;
        return land(landed);
      };
      return {
        state: "miss",
        storeDown,
        store: (reply, ttlMs) => end({ reply, ttlMs }),
        abandon: () => end(undefined),
      };
    },
  };
}

function copyOf(reply: CachedReply | undefined): CachedReply | undefined {
  try {
    return structuredClone(reply);
  } catch {
    return undefined;
  }
}

/** The lookup, unless its asker leaves first: then nobody waits for the call that he will not make. */
function unlessAborted(lookup: Promise<CacheLookup>, signal: AbortSignal): Promise<CacheLookup> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason);
      lookup.then((found) => (found.state === "miss" ? found.abandon() : undefined)).catch(() => {});
    };
    signal.addEventListener("abort", onAbort, { once: true });
    lookup.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
