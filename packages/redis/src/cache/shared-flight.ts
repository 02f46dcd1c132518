import type { CachedReply, CacheKey, Clock } from "@levqor/core";
import { bell } from "../connection/bell.js";
import { keyDigest } from "../connection/key-digest.js";
import type { RedisConnection } from "../connection/redis-connection.js";
import type { RedisScript } from "../connection/redis-script.js";
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
  land(place: ReplyPlace, asker: string, reply: ReplyToLand | undefined): Promise<unknown>;
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
  const { connection, maxWaitMs } = options;
  const { ask, read } = entryReader(options);

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
    land: (place, asker, landed) =>
      connection.run(landReply, place.keys, landing(place, { asker, landed }, options)),
  };
}

/** Asks scripts about a reply and reads what they answer. */
function entryReader({ connection, clock, onPoisoned }: SharedFlightOptions) {
  return {
    async ask(script: RedisScript, place: ReplyPlace, given: readonly (string | number)[]) {
      const [state, text, deleted] = (await connection.run(script, place.keys, given)) as readonly unknown[];
      if (Number(deleted) === 1) onPoisoned();
      return [String(state), String(text ?? "")] as const;
    },
    /** The entry's reply; one that must not be served is deleted. */
    async read(place: ReplyPlace, text: string): Promise<CachedReply | undefined> {
      const envelope = openReply(text, place.owner);
      const { endsAtMs } = envelope ?? {};
      const isOver = endsAtMs !== undefined && clock !== undefined && clock.now() >= endsAtMs;
      if (envelope !== undefined && !isOver) return envelope.reply;
      if (envelope === undefined) onPoisoned();
      await connection.run(dropEntry, place.keys.slice(0, 1), [text]);
      return undefined;
    },
  };
}

/** What the script takes that ends a flight. */
function landing(
  { owner, channel }: ReplyPlace,
  { asker, landed }: { readonly asker: string; readonly landed: ReplyToLand | undefined },
  { clock, maxEntryBytes }: SharedFlightOptions,
): readonly (string | number)[] {
  const ttlMs = landed !== undefined && landed.ttlMs > 0 ? landed.ttlMs : 0;
  const endsAtMs = clock === undefined || ttlMs === 0 ? undefined : clock.now() + ttlMs;
  const sealed = landed === undefined ? "" : (sealReply({ owner, reply: landed.reply, endsAtMs }) ?? "");
  const handed = Buffer.byteLength(sealed) > maxEntryBytes ? "" : sealed;
  const kept = ttlMs > 0 ? handed : "";
  return [asker, kept, Math.ceil(Math.min(ttlMs, longestMs)), handed, handedMs, channel];
}

function placeIn(prefix: string, owner: string): ReplyPlace {
  const root = `${prefix}cache:{${owner}}`;
  return { owner, keys: [root, `${root}:lock`, `${root}:waiting`, `${root}:handed`], channel: root };
}
