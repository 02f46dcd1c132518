import type { RedisConnection } from "../connection/redis-connection.js";
import { renewLeases } from "./list-streams.js";
import { keepName } from "./name-scripts.js";
import type { StreamPlace } from "./stream-place.js";
import { keepStream } from "./stream-scripts.js";

/** A stream that this process writes. */
export interface RunningStream {
  readonly place: StreamPlace;
  /** Keys of its names. */
  readonly names: readonly string[];
  readonly stop: () => void;
}

/** The streams that this process writes. */
export interface RunningStreams {
  /** The channel on which this process is asked to stop one of them. */
  readonly owner: string;
  add(stream: RunningStream): RunningStream;
  /** Whether it was still running. */
  remove(stream: RunningStream): boolean;
  /** Stops a stream if it is one of these. */
  stop(id: string): boolean;
}

/** What {@link runningStreams} takes. */
export interface RunningStreamOptions {
  readonly connection: RedisConnection;
  readonly list: string;
  readonly leaseMs: number;
  readonly now: () => string;
  readonly owner: string;
}

/** Parts of a lease after which it is renewed. */
const renewalsPerLease = 3;

/** Keeps the leases of running streams while there are some, and listens for those who want one stopped. */
export function runningStreams(options: RunningStreamOptions): RunningStreams {
  const { connection, leaseMs, owner } = options;
  const streams = new Map<string, RunningStream>();
  let atWork: { readonly timer: NodeJS.Timeout; readonly stopListening: () => void } | undefined;

  const stop = (id: string) => {
    const stream = streams.get(id);
    stream?.stop();
    return stream !== undefined;
  };
  async function renew(): Promise<void> {
    const ids = [...streams.keys()];
    await connection.run(renewLeases, [options.list], [options.now(), leaseMs, ...ids]);
    for (const { place, names } of [...streams.values()]) {
      if ((await connection.run(keepStream, place.keys, [leaseMs])) === "1") stop(place.id);
      for (const name of names) await connection.run(keepName, [name], [place.id, leaseMs]);
    }
  }

  return {
    owner,
    add(stream) {
      streams.set(stream.place.id, stream);
      if (atWork !== undefined) return stream;
      const timer = setInterval(() => void renew().catch(() => {}), leaseMs / renewalsPerLease); // the next one may land
      timer.unref();
      atWork = { timer, stopListening: connection.subscribe(owner, { onMessage: stop }) };
      return stream;
    },
    remove({ place }) {
      const wasRunning = streams.delete(place.id);
      if (streams.size > 0 || atWork === undefined) return wasRunning;
      clearInterval(atWork.timer);
      atWork.stopListening();
      atWork = undefined;
      return wasRunning;
    },
    stop,
  };
}
