import { GatewayError } from "@levqor/core";
import type { StoredEvent, WriteOutcome } from "@levqor/core/http";
import type { RedisConnection } from "../connection/redis-connection.js";
import type { RunningStream } from "./running-streams.js";
import { writeEvents } from "./stream-scripts.js";

/** What an event takes besides its text, rounded up. */
const overheadBytes = 64;

/**
 * Adds events to a stream, and stops it when that was asked for meanwhile.
 *
 * @throws `not_found` when the stream is no longer kept: Redis has lost it, or it was silent for longer than its lease
 * while Redis was away.
 */
export async function writeStream(
  events: readonly StoredEvent[],
  given: {
    readonly connection: RedisConnection;
    readonly stream: RunningStream;
    readonly leaseMs: number;
    readonly maxStreamBytes: number;
  },
): Promise<WriteOutcome> {
  const { place, stop } = given.stream;
  const [first] = events;
  if (first === undefined) return "kept";
  const bytes = events.reduce((sum, { text }) => sum + overheadBytes + Buffer.byteLength(text), 0);
  const texts = events.map(({ text }) => text);
  const args = [first.id, bytes, given.maxStreamBytes, given.leaseMs, place.channel, ...texts];
  const answer = (await given.connection.run(writeEvents, place.keys, args)) as readonly unknown[];
  const [outcome, shallStop] = answer.map(String);
  if (shallStop === "1") stop();
  if (outcome === "kept" || outcome === "outgrown") return outcome;
  throw new GatewayError("not_found", "This stream is no longer kept.");
}
