import { type Clock, GatewayError, type Logger } from "@levqor/core";
import type { Database } from "../database.js";
import type { BookedCap } from "./booked-caps.js";
import {
  type BudgetTables,
  budgetTables,
  type HoldAnswer,
  type HoldRequest,
  type SettleAnswer,
  type Settlement,
} from "./budget-tables.js";
import { settleQueue } from "./settle-queue.js";

/** What one reservation has set aside. */
export interface Held {
  readonly id: string;
  /** The call goes to the cheaper target of a cap. */
  readonly degraded: boolean;
  /** 0 before the first money is set aside. */
  microUsd: number;
  caps: readonly BookedCap[];
}

/** A charge, and who waits for it. */
export interface Charge extends Settlement {
  readonly onSettled: (answer: SettleAnswer) => void;
}

/** What is to be set aside, and in which caps at a moment. */
export interface MoreMoney {
  readonly microUsd: number;
  readonly leaseMs: number;
  readonly capsAt: (nowMs: number) => readonly BookedCap[];
}

/** What became of it, and the caps that it is about. */
export type HoldOutcome = Exclude<HoldAnswer, { outcome: "late" }> & { readonly caps: readonly BookedCap[] };

/** The tables, with what a process must remember when they don't answer. */
export interface BudgetLedger extends Pick<BudgetTables, "now" | "figures"> {
  /** Sets more aside, or says which caps are in the way. */
  hold(held: Held, more: MoreMoney): Promise<HoldOutcome>;
  /** Charges now, or later when the tables don't answer. */
  charge(charge: Charge): Promise<void>;
  /** Charges that wait. */
  readonly pending: number;
  flush(): Promise<void>;
}

const PRUNE_MS = 300_000;
const MOST_TRIES = 3;
const nothing = { microUsd: 0, alertAt: 1, onSettled: () => {} };

/** Makes the ledger of a process. */
export function budgetLedger(
  db: Database,
  options: {
    readonly clock: Clock | undefined;
    readonly maxPending: number;
    readonly logger: Logger | undefined;
  },
): BudgetLedger {
  const tables = budgetTables(db, options.clock);
  const queue = settleQueue<Charge>({ ...options, settle, clock: db.clock });
  let prunedAtMs = db.clock.monotonic();

  async function settle(charge: Charge): Promise<void> {
    charge.onSettled(await tables.settle(charge));
    if (db.clock.monotonic() - prunedAtMs < PRUNE_MS) return;
    prunedAtMs = db.clock.monotonic();
    tables.prune().catch(() => {}); // nothing depends on it
  }

  async function holdOnce(held: Held, more: Pick<HoldRequest, "microUsd" | "leaseMs" | "caps">) {
    let isSent = false;
    const onSend = () => {
      isSent = true;
    };
    try {
      const answer = await tables.hold({ ...held, ...more, heldMicroUsd: held.microUsd, onSend });
      queue.wake();
      return answer;
    } catch (error) {
      // It may have been set aside all the same, and nobody would know of it.
      if (isSent && held.microUsd === 0) queue.giveBack({ ...nothing, id: held.id, caps: more.caps });
      throw error;
    }
  }

  return {
    now: () => tables.now(),
    figures: (caps) => tables.figures(caps),
    async hold(held, { microUsd, leaseMs, capsAt }) {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const caps = capsAt(await tables.now());
        const answer = await holdOnce(held, { microUsd, leaseMs, caps });
        if (answer.outcome !== "late") return { ...answer, caps };
      }
      throw new GatewayError("store_unavailable", "PostgreSQL is slower than rolling windows roll on.");
    },
    charge: (charge) => queue.submit(charge),
    get pending() {
      return queue.pending;
    },
    flush: () => queue.flush(),
  };
}
