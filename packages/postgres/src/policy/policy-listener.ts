import type { Clock } from "@levqor/core";
import { borrowClient } from "../borrow-client.js";
import { deadlineIn } from "../deadline.js";
import type { PostgresClient, PostgresPool } from "../postgres-pool.js";

/** What a listener needs. */
export interface PolicyListening {
  readonly pool: PostgresPool;
  /** What `NOTIFY` must say. */
  readonly schema: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Something may have changed: after a notification, and whenever listening has begun (again). */
  readonly onChange: () => void;
}

const HEARTBEAT_MS = 15_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

/**
 * Listens on a connection of its own until the signal aborts. A connection that breaks, or is silent when it is asked,
 * is replaced.
 */
export async function listenForPolicy(listening: PolicyListening): Promise<void> {
  const { clock, signal } = listening;
  let retryMs = FIRST_RETRY_MS;
  while (!signal.aborted) {
    const began = await listenOnce(listening).catch(() => false);
    retryMs = began ? FIRST_RETRY_MS : Math.min(LONGEST_RETRY_MS, retryMs * 2);
    await unlessAborted(signal, (done) => clock.setTimer(retryMs, done, { background: true }));
  }
}

/** Resolves when the connection has broken or the signal has aborted; false when listening never began. */
async function listenOnce(listening: PolicyListening): Promise<boolean> {
  const { pool, schema, timeoutMs, clock, signal, onChange } = listening;
  let client: PostgresClient | undefined;
  let began = false;
  try {
    client = await borrowClient(pool, deadlineIn(timeoutMs, clock));
    const connection = client;
    let isBroken = false;
    let tell = () => {};
    const onEnd = () => {
      isBroken = true;
      tell();
    };
    connection.on("error", onEnd);
    connection.on("end", onEnd);
    connection.on("notification", ({ channel, payload }) => {
      if (channel === "ai_config" && payload === schema && !signal.aborted) onChange();
    });
    await deadlineIn(timeoutMs, clock).race(connection.query("listen ai_config"));
    began = true;
    if (!signal.aborted) onChange(); // what was published before
    while (!isBroken && !signal.aborted) {
      await unlessAborted(signal, (done) => {
        tell = done;
        return clock.setTimer(HEARTBEAT_MS, done, { background: true });
      });
      if (!isBroken && !signal.aborted) await deadlineIn(timeoutMs, clock).race(connection.query("select 1"));
    }
  } finally {
    client?.release(true); // it listens: nobody else may have it
  }
  return began;
}

/** Waits until `start` calls back or the signal aborts; then what `start` gave back is called. */
function unlessAborted(signal: AbortSignal, start: (done: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = start(end);
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
  });
}
