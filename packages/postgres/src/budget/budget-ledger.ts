import type { Clock, Logger } from "@levqor/core";
import type { Database } from "../database.js";
import type { BookedCap } from "./booked-caps.js";
import {
  type BudgetTables,
  budgetTables,
  type HoldAnswer,
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

/** The tables, with what a process must remember when they don't answer. */
export interface BudgetLedger extends Pick<BudgetTables, "now" | "figures"> {
  /** Sets `microUsd` more aside in `caps`, or says which of them are in the way. */
  hold(
    held: Held,
    more: { readonly microUsd: number; readonly leaseMs: number; readonly caps: readonly BookedCap[] },
  ): Promise<HoldAnswer>;
  /** Charges now, or later when the tables don't answer. */
  charge(charge: Charge): Promise<void>;
  /** Charges that wait. */
  readonly pending: number;
  close(): Promise<void>;
}

const PRUNE_MS = 300_000;
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

  return {
    now: () => tables.now(),
    figures: (caps) => tables.figures(caps),
    async hold(held, more) {
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
    },
    charge: (charge) => queue.submit(charge),
    get pending() {
      return queue.pending;
    },
    close: () => queue.close(),
  };
}
