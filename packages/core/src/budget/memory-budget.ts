import { type Clock, systemClock } from "../clock.js";
import type { Caller } from "../pipeline/task-call.js";
import { assertAmount } from "./assert-amount.js";
import type { Budget, BudgetBalance, BudgetVerdict } from "./budget.js";
import { accountsOf } from "./budget-account.js";
import {
  type BudgetCapOptions,
  type BudgetOptions,
  type BudgetScope,
  resolveBudgetOptions,
} from "./budget-options.js";
import type { WindowKind } from "./budget-window.js";
import { balanceOf, type Holding, heldMoney } from "./held-money.js";
import { type Booking, memoryLedger } from "./memory-ledger.js";
import { memoryReservation } from "./memory-reservation.js";

/** What {@link memoryBudget} takes. */
export interface MemoryBudgetOptions extends BudgetOptions {
  /** @default the machine's own time */
  readonly clock?: Clock | undefined;
}

/** How much of one cap is spent and set aside now. */
export interface BudgetUsage extends BudgetBalance {
  readonly scope: BudgetScope;
  readonly window: WindowKind;
  /** `2026-03-29` or `2026-03`; of a rolling window its length and step. */
  readonly windowId: string;
}

/** A budget that is kept in this process. */
export interface MemoryBudget extends Budget {
  reserve(request: Parameters<Budget["reserve"]>[0]): BudgetVerdict;
  setCaps(caps: BudgetCapOptions | undefined): void;
  /** The caps that a call of this task and caller counts against; those of the whole gateway when left out. */
  usage(of?: {
    readonly task?: string | undefined;
    readonly caller?: Caller | undefined;
  }): readonly BudgetUsage[];
}

/**
 * Keeps budgets in this process, by calendar day and month of one time zone or in rolling windows. A reservation is checked against and
 * entered in every cap at once, and spending is charged to the window it was reserved in. What a call really cost
 * is always recorded: when that is more than was reserved, `used` can end up above the cap. With several processes
 * each has caps of its own; share a store then.
 *
 * @throws `invalid_config` listing every option that makes no sense.
 * @example
 * memoryBudget({ gateway: { dailyUsd: 50 }, tenant: { monthlyUsd: 10 }, timeZone: "Europe/London" });
 */
export function memoryBudget(options: MemoryBudgetOptions = {}): MemoryBudget {
  const { clock = systemClock } = options;
  let resolved = resolveBudgetOptions(options);
  const ledger = memoryLedger();
  const holdings = heldMoney(clock, resolved.leaseMs);

  function bookingsOf(of: { readonly task?: string | undefined; readonly caller?: Caller | undefined }) {
    const nowMs = clock.now();
    return accountsOf(resolved, of).map((account) =>
      ledger.open(account, resolved.findWindow(account, nowMs)),
    );
  }
  /** A rolling window rolls on while a call runs: more money is checked against what counts by then. */
  function reopen(booking: Booking): Booking {
    if (booking.window.kind !== "rolling") return booking;
    return ledger.open(booking.account, resolved.findWindow(booking.account, clock.now()));
  }
  return {
    reserve({ task, caller, microUsd, degraded = false }) {
      assertAmount(microUsd);
      holdings.freeOverdue();
      const bookings = bookingsOf({ task, caller });
      const balances = bookings.map((booking) => balanceOf(booking, degraded));
      const holding: Holding = { bookings, degraded, microUsd: 0, leaseEndsAtMs: 0, state: "freed" };
      const refusal = holdings.hold(holding, { microUsd, bookings, balances });
      if (refusal !== undefined) return { granted: false, ...refusal };
      return {
        granted: true,
        reservation: memoryReservation({ holding, balances, holdings, reopen, resolved }),
      };
    },
    setCaps(caps = options) {
      resolved = resolveBudgetOptions({ ...caps, onAlert: options.onAlert, leaseMs: options.leaseMs });
    },
    usage(of = {}) {
      holdings.freeOverdue();
      return bookingsOf(of).map(usageOf);
    },
  };
}

function usageOf(booking: Booking): BudgetUsage {
  const { account, window } = booking;
  return { ...balanceOf(booking, false), scope: account.scope, window: window.kind, windowId: window.id };
}
