import { GatewayError } from "@levqor/core";
import { isRefusal } from "./redis-connection.js";

/** Commands that must land, even when Redis is away for a while; those that wait are run in their order. */
export interface PendingCommands {
  /**
   * Runs a command, now or as soon as Redis is back. It may be run again after a failure, so running it twice must be
   * running it once.
   *
   * @throws what it failed with, when so many wait that there is no room for it, and after `close`.
   */
  land(command: () => Promise<void>): Promise<void>;
  /** Commands that wait. */
  readonly size: number;
  /** @throws `store_unavailable` when not all of them could be run. */
  flush(): Promise<void>;
  /** Tries them once more and then no longer. @throws as `flush` */
  close(): Promise<void>;
}

const retryMs = 1_000;

/** Makes an empty queue of at most `maxPending` commands. */
export function pendingCommands(maxPending: number): PendingCommands {
  const queue = new Set<() => Promise<void>>();
  let round: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function tryAll(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    round ??= runAll(queue).then(() => {
      round = undefined;
      planNext();
    });
    return round;
  }
  function planNext(): void {
    if (isClosed || queue.size === 0 || timer !== undefined) return;
    timer = setTimeout(() => void tryAll(), retryMs);
    timer.unref();
  }
  async function flush(): Promise<void> {
    await round;
    if (queue.size > 0) await tryAll();
    if (queue.size > 0)
      throw new GatewayError("store_unavailable", `Redis has not taken ${queue.size} commands that wait.`);
  }

  return {
    async land(command) {
      try {
        await command();
      } catch (error) {
        if (isClosed || queue.size >= maxPending) throw error;
        queue.add(command);
        planNext();
      }
    },
    get size() {
      return queue.size;
    },
    flush,
    async close() {
      isClosed = true;
      try {
        await flush();
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

async function runAll(queue: Set<() => Promise<void>>): Promise<void> {
  for (const command of queue) {
    try {
      await command();
      queue.delete(command);
    } catch (error) {
      // One that Redis refuses (a key of another type) must not keep the others from landing.
      if (!isRefusal(error)) return;
    }
  }
}
