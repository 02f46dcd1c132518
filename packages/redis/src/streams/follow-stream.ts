import { GatewayError } from "@levqor/core";
import type { StoredEvent, StreamReading } from "@levqor/core/http";
import { bell } from "../connection/bell.js";
import type { RedisConnection } from "../connection/redis-connection.js";
import type { StreamPlace } from "./stream-place.js";
import { readEvents } from "./stream-scripts.js";

/** Events read at once. */
const pageSize = 100;
/** So often a reader looks by itself, in case that what it should have heard was lost. */
const pollMs = 2_000;

/** The events after those that the reader has: what is there, then each as it is written, to the stream's end. */
export async function* followStream(
  connection: RedisConnection,
  place: StreamPlace,
  { after, signal }: StreamReading,
): AsyncGenerator<StoredEvent> {
  const { ring, heard } = bell();
  let stopListening: (() => void) | undefined;
  signal.addEventListener("abort", ring);
  try {
    for (let read = after; !signal.aborted; ) {
      const answer = (await connection.run(readEvents, place.keys, [read, pageSize])) as readonly unknown[];
      const [state, count, ...texts] = answer.map(String);
      if (state === "gone" || state === "outgrown")
        throw new GatewayError("not_found", "The rest of this stream is no longer kept.");
      for (const text of texts) {
        if (signal.aborted) return;
        read += 1;
        yield { id: read, text };
      }
      if (read < Number(count)) continue;
      if (state === "over") return;
      stopListening ??= connection.subscribe(place.channel, { onMessage: ring, onListening: ring });
      await heard(pollMs);
    }
  } finally {
    signal.removeEventListener("abort", ring);
    stopListening?.();
  }
}
