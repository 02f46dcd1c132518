import type { Clock, Logger } from "@levqor/core";
import { retryTimer } from "@levqor/core/node";
import type { Settlement } from "./budget-tables.js";

/** What a {@link SettleQueue} is made from. */
export interface SettleQueueOptions<Job extends Settlement> {
  /** Charges; rejects when the tables can't be reached. Called twice for one job it must charge once. */
  readonly settle: (job: Job) => Promise<void>;
  readonly maxPending: number;
  readonly clock: Clock;
  readonly logger: Logger | undefined;
}

/** Charges that could not be made at once: they are kept in memory and made in their order later. */
export interface SettleQueue<Job extends Settlement> {
  /** Charges at once, or keeps the charge. Rejects only when there is no room. */
  submit(job: Job): Promise<void>;
  /** Gives back what may have been set aside, in the background, unless charges need the room. */
  giveBack(job: Job): void;
  /** Tries again now: something else has just worked. */
  wake(): void;
  readonly pending: number;
  /** Makes every charge that waits. Rejects when some could not be made; those go on waiting. */
  flush(): Promise<void>;
}

const FIRST_RETRY_MS = 200;

/** Makes an empty {@link SettleQueue}. */
export function settleQueue<Job extends Settlement>(options: SettleQueueOptions<Job>): SettleQueue<Job> {
  const { settle, maxPending, clock, logger } = options;
  const waiting: Job[] = [];
  let draining: Promise<void> | undefined;
  const drain = (): Promise<void> =>
    (draining ??= drainInOrder().finally(() => {
      draining = undefined;
    }));
  const isLeft = () => waiting.length > 0;
  const retry = retryTimer({ clock, retryMs: FIRST_RETRY_MS, work: drain, isLeft });

  async function drainInOrder(): Promise<void> {
    if (waiting.length === 0) return;
    try {
      for (let job = waiting[0]; job !== undefined; job = waiting[0]) {
        await settle(job);
        waiting.shift();
      }
      logger?.info({}, "The budget's tables answer again; no charge waits any more.");
    } catch {
      // they still don't answer: the timer tries again
    }
  }

  function keep(job: Job, room: number): boolean {
    if (waiting.length >= room) return false;
    waiting.push(job);
    if (waiting.length === 1) logger?.warn({}, "The budget's tables don't answer; charges wait in memory.");
    retry.plan();
    return true;
  }

  return {
    async submit(job) {
      // The pool may be the reason why others wait: they must not be overtaken for ever.
      const isFirst = waiting.length === 0;
      try {
        if (isFirst) return await settle(job);
      } catch {
        // kept below
      }
      if (!keep(job, maxPending)) throw new Error("Too many charges wait for the budget's tables.");
    },
    giveBack(job) {
      keep(job, maxPending / 2);
    },
    wake() {
      if (waiting.length > 0) void drain();
    },
    get pending() {
      return waiting.length;
    },
    async flush() {
      await drain();
      if (waiting.length > 0) throw new Error(`${waiting.length} charges could not be written.`);
    },
  };
}
