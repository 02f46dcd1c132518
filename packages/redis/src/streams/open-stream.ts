import { GatewayError } from "@levqor/core";
import type { StoredEvent, StreamWriter, WriteOutcome } from "@levqor/core/http";
import type { RedisConnection } from "../connection/redis-connection.js";
import { enterStream } from "./enter-stream.js";
import { leaveList } from "./list-streams.js";
import { keepName, takeName } from "./name-scripts.js";
import type { RunningStream, RunningStreams } from "./running-streams.js";
import { type StreamPlace, streamPlace } from "./stream-place.js";
import { beginStream, endStream, forgetStream, writeEvents } from "./stream-scripts.js";

/** What the writers of a store share. */
export interface WriterServices {
  readonly connection: RedisConnection;
  readonly prefix: string;
  /** Key of the list of all streams. */
  readonly list: string;
  readonly running: RunningStreams;
  readonly now: () => string;
  readonly maxStreams: number;
  readonly maxStreamBytes: number;
  readonly ttlMs: number;
  readonly leaseMs: number;
}

/** What an event takes besides its text, rounded up. */
const overheadBytes = 64;

/** Begins a stream under its names, and writes it. */
export async function openStream(stream: RunningStream, services: WriterServices): Promise<StreamWriter> {
  const { connection, list, running, now, leaseMs, ttlMs } = services;
  const { place, names } = stream;
  const state = await enter(place, services);
  running.add(stream);
  try {
    await connection.run(beginStream, place.keys, [state, running.owner, leaseMs]);
    await Promise.all(names.map((name) => connection.run(takeName, [name], [place.id, leaseMs])));
  } catch (error) {
    running.remove(stream);
    throw error;
  }
  return {
    write: (events) => write(events, stream, services),
    async close() {
      if (!running.remove(stream)) return;
      await connection.run(endStream, place.keys, [ttlMs, place.channel]);
      await Promise.all(names.map((name) => connection.run(keepName, [name], [place.id, ttlMs])));
      await connection.run(leaveList, [list], [now(), place.id, ttlMs]);
    },
    async discard() {
      running.remove(stream);
      await connection.run(forgetStream, place.keys, [place.channel]);
      await connection.run(leaveList, [list], [now(), place.id, 0]);
    },
  };
}

/** Makes room for a stream; when there is none it begins as one that has outgrown its room. */
async function enter(
  place: StreamPlace,
  { connection, list, now, maxStreams, leaseMs, prefix }: WriterServices,
): Promise<"running" | "outgrown"> {
  const given = [now(), place.id, maxStreams, leaseMs];
  const [hasRoom, evicted] = (await connection.run(enterStream, [list], given)) as readonly unknown[];
  if (String(evicted) !== "") {
    const oldest = streamPlace(prefix, String(evicted));
    await connection.run(forgetStream, oldest.keys, [oldest.channel]);
  }
  return Number(hasRoom) === 1 ? "running" : "outgrown";
}

/**
 * Adds events to a stream, and stops it when that was asked for meanwhile.
 *
 * @throws `not_found` when the stream is no longer kept: Redis has lost it, or was away for longer than its lease.
 */
async function write(
  events: readonly StoredEvent[],
  { place, stop }: RunningStream,
  { connection, maxStreamBytes, leaseMs }: WriterServices,
): Promise<WriteOutcome> {
  const [first] = events;
  if (first === undefined) return "kept";
  const bytes = events.reduce((sum, { text }) => sum + overheadBytes + Buffer.byteLength(text), 0);
  const texts = events.map(({ text }) => text);
  const given = [first.id, bytes, maxStreamBytes, leaseMs, place.channel, ...texts];
  const answer = (await connection.run(writeEvents, place.keys, given)) as readonly unknown[];
  const [outcome, shallStop] = answer.map(String);
  if (shallStop === "1") stop();
  if (outcome === "kept" || outcome === "outgrown") return outcome;
  throw new GatewayError("not_found", "This stream is no longer kept.");
}
