import type { CachedReply, CacheKey, Clock } from "@levqor/core";
import { bell } from "../connection/bell.js";
import { keyDigest } from "../connection/key-digest.js";
import type { RedisConnection } from "../connection/redis-connection.js";
import { awaitReply } from "./await-reply.js";
import { dropEntry } from "./drop-entry.js";
import { findReply } from "./find-reply.js";
import { landReply } from "./land-reply.js";
import { openReply, sealReply } from "./reply-envelope.js";

/** Where a reply belongs, by digest of partition and key. */
export interface ReplyPlace {
  readonly owner: string;
  /** The entry, the lock, whether somebody waits, what waiters are handed. */
  readonly keys: readonly string[];
  readonly channel: string;
}

/** What a look into Redis has found. */
export type FlightAnswer =
  | { readonly state: "hit"; readonly reply: CachedReply }
  /** Whoever `leads` has others waiting for him. */
  | { readonly state: "miss"; readonly leads: boolean };

/** Replies in Redis, and flights that processes share. */
export interface SharedFlights {
  placeOf(key: CacheKey): ReplyPlace;
  /** Looks for a reply; waits for it where another process makes it, `maxWaitMs` at most. */
  find(place: ReplyPlace, asker: string): Promise<FlightAnswer>;
  /** Ends a flight: with a reply that is kept for `ttlMs` (0: only handed to those who wait), or with none. */
  land(place: ReplyPlace, asker: string, reply: ReplyToLand | undefined): Promise<void>;
}

/** A reply, and how long it is kept. */
export interface ReplyToLand {
  readonly reply: CachedReply;
  readonly ttlMs: number;
}

/** What {@link sharedFlights} takes. */
export interface SharedFlightOptions {
  readonly connection: RedisConnection;
  readonly prefix: string;
  readonly maxWaitMs: number;
  readonly maxEntryBytes: number;
  readonly clock: Clock | undefined;
  /** Is told of each entry that must not be served: broken, of another version, of another owner. */
  readonly onPoisoned: () => void;
}

/** A leader that died says nothing: so often those who wait look whether he still has the lead. */
const pollMs = 500;
/** Those who wait take what they are handed at once, or when they look again. */
const handedMs = 10_000;
/** Redis takes no longer life; ten years. */
const longestMs = 3_650 * 86_400_000;

/**
 * Opens the shared flights. The four keys of a reply have its digest as their hash tag: one script needs them, so in
 * Redis Cluster they lie in one slot, and replies are spread over all slots.
 */
export function sharedFlights(options: SharedFlightOptions): SharedFlights {
  const { connection, maxWaitMs, clock } = options;

  /** The entry's reply; one that must not be served is deleted. */
  async function read(place: ReplyPlace, text: string): Promise<CachedReply | undefined> {
    const envelope = openReply(text, place.owner);
    const isOver =
      envelope?.endsAtMs !== undefined && clock !== undefined && clock.now() >= envelope.endsAtMs;
    if (envelope !== undefined && !isOver) return envelope.reply;
    if (envelope === undefined) options.onPoisoned();
    await connection.run(dropEntry, place.keys.slice(0, 1), [text]);
    return undefined;
  }

  /** What became of another process's flight; nothing when it failed, lasts too long or lost its leader. */
  async function waitFor(
    place: ReplyPlace,
    leader: string,
    endsAtMs: number,
  ): Promise<FlightAnswer | "gone"> {
    const { ring, heard } = bell();
    const listener = { onMessage: ring, onListening: ring };
    const stop = connection.subscribe(place.channel, listener);
    try {
      for (;;) {
        const [state, text] = await ask(awaitReply, place, [leader]);
        if (state === "gone") return "gone";
        if (state !== "wait") {
          const reply = text === "" ? undefined : await read(place, text);
          return reply === undefined ? { state: "miss", leads: false } : { state: "hit", reply };
        }
        const leftMs = endsAtMs - performance.now();
        if (leftMs <= 0) return { state: "miss", leads: false };
        await heard(Math.min(pollMs, leftMs));
      }
    } finally {
      stop();
    }
  }
  async function ask(script: typeof findReply, place: ReplyPlace, given: readonly (string | number)[]) {
    const [state, text, deleted] = (await connection.run(script, place.keys, given)) as readonly unknown[];
    if (Number(deleted) === 1) options.onPoisoned();
    return [String(state), String(text ?? "")] as const;
  }

  return {
    placeOf: ({ partition, key }) => placeIn(options.prefix, keyDigest(partition, key)),
    async find(place, asker) {
      const endsAtMs = performance.now() + maxWaitMs;
      while (performance.now() < endsAtMs) {
        const [state, text] = await ask(findReply, place, [asker, Math.ceil(maxWaitMs)]);
        if (state === "lead") return { state: "miss", leads: true };
        if (state === "hit") {
          const reply = await read(place, text);
          if (reply !== undefined) return { state: "hit", reply };
          continue;
        }
        const answer = await waitFor(place, text, endsAtMs);
        if (answer !== "gone") return answer;
      }
      return { state: "miss", leads: false };
    },
    async land(place, asker, landed) {
      const endsAtMs = clock === undefined ? undefined : clock.now() + (landed?.ttlMs ?? 0);
      const sealed = landed && sealReply({ owner: place.owner, reply: landed.reply, endsAtMs });
      const isTooLong = sealed !== undefined && Buffer.byteLength(sealed) > options.maxEntryBytes;
      const handed = sealed === undefined || isTooLong ? "" : sealed;
      const isKept = landed !== undefined && landed.ttlMs > 0;
      const keptMs = isKept ? Math.ceil(Math.min(landed.ttlMs, longestMs)) : 0;
      const given = [asker, isKept ? handed : "", keptMs, handed, handedMs, place.channel];
      await connection.run(landReply, place.keys, given);
    },
  };
}

function placeIn(prefix: string, owner: string): ReplyPlace {
  const root = `${prefix}cache:{${owner}}`;
  return { owner, keys: [root, `${root}:lock`, `${root}:waiting`, `${root}:handed`], channel: root };
}
