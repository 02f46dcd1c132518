import type {
  Budget,
  BudgetBalance,
  BudgetCapOptions,
  BudgetOptions,
  BudgetUsage,
  BudgetVerdict,
  Caller,
  Logger,
} from "@levqor/core";
import { accountsOf, resolveBudgetOptions } from "@levqor/core/stores";
import { database, type PostgresOptions } from "../database.js";
import { assertAmount } from "./assert-amount.js";
import { balanceOf, bookedCaps } from "./booked-caps.js";
import { budgetLedger, type Held } from "./budget-ledger.js";
import { capInTheWay } from "./cap-in-the-way.js";
import { heldReservation } from "./held-reservation.js";

/** What {@link postgresBudget} takes. */
export interface PostgresBudgetOptions extends BudgetOptions, PostgresOptions {
  /** Charges that may wait in memory while PostgreSQL does not answer; one more is refused. @default 10_000 */
  readonly maxPending?: number | undefined;
  /** Is told when charges begin to wait and when none waits any more. @default none */
  readonly logger?: Logger | undefined;
}

/** A budget that is kept in PostgreSQL. */
export interface PostgresBudget extends Budget {
  reserve(request: Parameters<Budget["reserve"]>[0]): Promise<BudgetVerdict>;
  setCaps(caps: BudgetCapOptions | undefined): void;
  /** The caps that a call of this task and caller counts against; those of the whole gateway when left out. */
  usage(of?: {
    readonly task?: string | undefined;
    readonly caller?: Caller | undefined;
  }): Promise<readonly BudgetUsage[]>;
  /** Charges that wait for PostgreSQL. */
  readonly pending: number;
  /** Makes the charges that wait. Rejects when PostgreSQL does not take them; they go on waiting. */
  flush(): Promise<void>;
}

/**
 * Keeps budgets in PostgreSQL, for every process that uses the same tables (see `migrate`): a call is checked against
 * and entered in all its caps at once, in one round trip. Leases and windows go by the server's time. `reserve` and
 * `extend` reject when PostgreSQL does not answer in time; a charge that can't be made then waits in memory.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 * @example
 * postgresBudget({ pool, gateway: { dailyUsd: 50 }, tenant: { monthlyUsd: 10 } });
 */
export function postgresBudget(options: PostgresBudgetOptions): PostgresBudget {
  const { maxPending = 10_000, logger, clock } = options;
  let resolved = resolveBudgetOptions(options);
  const ledger = budgetLedger(database(options), { maxPending, logger, clock });
  const reservationOf = (held: Held, before: readonly BudgetBalance[]) =>
    heldReservation(held, before, { ledger, options: () => resolved });

  return {
    async reserve({ task, caller, microUsd, degraded = false }) {
      assertAmount(microUsd);
      const { findWindow, leaseMs } = resolved;
      const accounts = accountsOf(resolved, { task, caller });
      const held: Held = { id: crypto.randomUUID(), degraded, microUsd: 0, caps: [] };
      if (accounts.length === 0) return { granted: true, reservation: reservationOf(held, []) };
      const capsAt = (nowMs: number) => bookedCaps(accounts, findWindow, nowMs);
      const answer = await ledger.hold(held, { microUsd, leaseMs, capsAt });
      if (answer.outcome === "settled") throw new Error("The reservation was given up.");
      const { caps, figures } = answer;
      if (answer.outcome === "refused") return { granted: false, ...capInTheWay(caps, figures, degraded) };
      held.microUsd = microUsd;
      held.caps = caps;
      const before = caps.map((cap, index) => balanceOf(cap, figures[index], degraded));
      return { granted: true, reservation: reservationOf(held, before) };
    },
    setCaps(caps = options) {
      resolved = resolveBudgetOptions({ ...caps, onAlert: options.onAlert, leaseMs: options.leaseMs });
    },
    async usage(of = {}) {
      const accounts = accountsOf(resolved, of);
      if (accounts.length === 0) return [];
      const caps = bookedCaps(accounts, resolved.findWindow, await ledger.now());
      const figures = await ledger.figures(caps);
      return caps.map((cap, index) => ({
        ...balanceOf(cap, figures[index], false),
        ...{ scope: cap.account.scope, window: cap.window.kind, windowId: cap.window.id },
      }));
    },
    get pending() {
      return ledger.pending;
    },
    flush: () => ledger.flush(),
  };
}
