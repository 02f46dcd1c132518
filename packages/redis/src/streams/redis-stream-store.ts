import type { Clock } from "@levqor/core";
import type { StreamStore } from "@levqor/core/http";
import { keyDigest } from "../connection/key-digest.js";
import { nowArgument } from "../connection/now-argument.js";
import { openStore, type RedisStoreOptions } from "../connection/open-store.js";
import { followStream } from "./follow-stream.js";
import { findName } from "./name-scripts.js";
import { openStream, type WriterServices } from "./open-stream.js";
import { runningStreams } from "./running-streams.js";
import { type StreamPlace, streamPlace } from "./stream-place.js";
import { askToStop, readEvents } from "./stream-scripts.js";

/** What {@link redisStreamStore} takes. An event counts with its bytes in UTF-8 and 64 more. */
export interface RedisStreamStoreOptions extends RedisStoreOptions {
  /** Most streams that can be replayed, of all processes together, running ones included. @default 1000 */
  readonly maxStreams?: number | undefined;
  /** A stream that grows larger can no longer be replayed. All together never take more than `maxStreams` times this. @default 4_194_304 (4 MiB) */
  readonly maxStreamBytes?: number | undefined;
  /** How long a stream can be replayed after its end, milliseconds. @default 300_000 (5 minutes) */
  readonly ttlMs?: number | undefined;
  /** So long after its process has died a running stream is forgotten, milliseconds. @default 60_000 (a minute) */
  readonly leaseMs?: number | undefined;
  /** @default the server's own time */
  readonly clock?: Clock | undefined;
}

/**
 * Keeps streams in Redis: a client that lost its connection goes on at whatever process it comes to, and any process can
 * stop a stream. Room is made by forgetting streams that are over, the oldest first; when all of them run, the new one
 * gives way: it runs for whoever reads it live, and can be stopped, but not be replayed.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 * @example
 * createHttpHandler({ gateway, streamStore: redisStreamStore({ client: new Redis() }) });
 */
export function redisStreamStore(options: RedisStreamStoreOptions): StreamStore {
  const { maxStreams = 1000, maxStreamBytes = 4 * 1024 * 1024, ttlMs = 300_000, leaseMs = 60_000 } = options;
  const bounds = { maxStreams, maxStreamBytes, ttlMs, leaseMs };
  const wrong = Object.entries(bounds).filter(([, bound]) => !(Number.isSafeInteger(bound) && bound > 0));
  const problems = wrong.map(([name]) => `${name}: must be a positive integer`);
  const { connection, prefix } = openStore(options, "redisStreamStore", problems);
  const list = `${prefix}streams`;
  const now = () => nowArgument(options.clock);
  const running = runningStreams({ connection, list, leaseMs, now, owner: `${list}:${crypto.randomUUID()}` });
  const services: WriterServices = { ...bounds, connection, prefix, list, now, running };
  const nameKey = (name: string) => `${prefix}stream-name:${keyDigest(name)}`;

  async function find(name: string): Promise<StreamPlace | undefined> {
    const id = await connection.run(findName, [nameKey(name)]);
    return id === null ? undefined : streamPlace(prefix, String(id));
  }
  return {
    async open(given, { stop }) {
      const names = [...new Set(given)].map(nameKey);
      return await openStream({ place: streamPlace(prefix, crypto.randomUUID()), names, stop }, services);
    },
    async read(name, reading) {
      const place = await find(name);
      if (place === undefined) return undefined;
      const answer = (await connection.run(readEvents, place.keys, [0, 0])) as readonly unknown[];
      const [state, count] = [String(answer[0]), Number(answer[1])];
      if (state === "gone" || state === "outgrown" || reading.after > count) return undefined;
      if (state === "over" && reading.after === count) return undefined;
      return followStream(connection, place, reading);
    },
    async stop(name) {
      const place = await find(name);
      if (place === undefined) return;
      if (!running.stop(place.id)) await connection.run(askToStop, place.keys, [place.id]);
    },
  };
}
