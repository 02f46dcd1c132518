import type { Clock, Logger } from "@levqor/core";
import { retryTimer } from "@levqor/core/node";
import type { TraceRow } from "./trace-row.js";

/** Decisions that wait to be written. */
export interface DecisionQueue {
  /** Throws when too many wait. */
  add(row: TraceRow): void;
  /** The latest of this request that waits. */
  find(requestId: string): TraceRow | undefined;
  readonly pending: number;
  /** Writes what waits. Rejects when it can't be written; it goes on waiting. */
  flush(): Promise<void>;
}

const MAX_BATCH = 100;
const FIRST_RETRY_MS = 500;

/** Makes an empty queue. It writes at once, and at growing intervals while `insert` rejects. */
export function decisionQueue(options: {
  /** Writes the first of these rows, and says how many. */
  readonly insert: (rows: readonly TraceRow[]) => Promise<number>;
  readonly maxPending: number;
  readonly clock: Clock;
  readonly logger: Logger | undefined;
}): DecisionQueue {
  const { insert, maxPending, clock, logger } = options;
  const waiting: TraceRow[] = [];
  let writing: Promise<void> | undefined;
  let isFailing = false;
  const isLeft = () => waiting.length > 0;
  const retry = retryTimer({ clock, retryMs: FIRST_RETRY_MS, work: write, isLeft });

  function write(): Promise<void> {
    writing ??= writeAll().finally(() => {
      writing = undefined;
    });
    return writing;
  }

  async function writeAll(): Promise<void> {
    await Promise.resolve(); // calls that end in the same moment are written together
    try {
      while (isLeft()) waiting.splice(0, await insert(waiting.slice(0, MAX_BATCH)));
      if (isFailing) logger?.info({}, "PostgreSQL takes decisions again; none waits any more.");
      isFailing = false;
    } catch {
      if (!isFailing) logger?.warn({}, "PostgreSQL takes no decisions; they wait in memory.");
      isFailing = true;
      retry.plan();
    }
  }

  return {
    add(row) {
      if (waiting.length >= maxPending) throw new Error("Too many decisions wait for PostgreSQL.");
      waiting.push(row);
      if (!isFailing) void write();
    },
    find: (requestId) => waiting.findLast((row) => row.request_id === requestId),
    get pending() {
      return waiting.length;
    },
    async flush() {
      await writing;
      if (isLeft()) await write();
      if (isLeft()) throw new Error(`${waiting.length} decisions could not be written.`);
    },
  };
}
