import { type Clock, systemClock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { Caller } from "../pipeline/task-call.js";
import type { Budget, BudgetBalance, BudgetVerdict, Reservation } from "./budget.js";
import { accountsOf } from "./budget-account.js";
import {
  type BudgetCapOptions,
  type BudgetOptions,
  type BudgetScope,
  type ResolvedBudgetOptions,
  resolveBudgetOptions,
} from "./budget-options.js";
import type { WindowKind } from "./budget-window.js";
import { balanceOf, type Holding, heldMoney } from "./held-money.js";
import { type Booking, memoryLedger } from "./memory-ledger.js";

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
  function reopened({ bookings }: Holding): readonly Booking[] {
    const nowMs = clock.now();
    return bookings.map((booking) => {
      if (booking.window.kind !== "rolling") return booking;
      return ledger.open(booking.account, resolved.findWindow(booking.account, nowMs));
    });
  }
  function reservationOf(holding: Holding, before: readonly BudgetBalance[]): Reservation {
    const balances = { before, after: [] as readonly BudgetBalance[] };
    return {
      balances,
      extend(microUsd) {
        assertAmount(microUsd);
        if (holding.state === "settled")
          throw new GatewayError("internal", "A settled reservation can't be extended.");
        holdings.freeOverdue();
        const bookings = reopened(holding);
        const balances = bookings.map((booking) => balanceOf(booking, holding.degraded));
        const wanted = { microUsd: holding.microUsd + microUsd, bookings, balances };
        return holdings.hold(holding, wanted)?.exceeded;
      },
      settle(usedMicroUsd) {
        if (holding.state === "settled") return;
        holdings.free(holding);
        holding.state = "settled";
        // A figure that is no amount must not make a call free.
        const microUsd = usedMicroUsd >= 0 ? Math.ceil(usedMicroUsd) : holding.microUsd;
        balances.after = holding.bookings.map((booking) => charge(booking, { microUsd, holding, resolved }));
      },
    };
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
      return { granted: true, reservation: reservationOf(holding, balances) };
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

function assertAmount(microUsd: number): void {
  if (Number.isSafeInteger(microUsd) && microUsd >= 0) return;
  throw new GatewayError("internal", "A budget takes integer micro-dollars, 0 or more.");
}

/** Charges what a call used and tells how its cap stands after that. */
function charge(
  booking: Booking,
  call: {
    readonly microUsd: number;
    readonly holding: Holding;
    readonly resolved: ResolvedBudgetOptions;
  },
): BudgetBalance {
  const { account, window } = booking;
  const { alertAt, onAlert } = call.resolved;
  booking.add({ usedMicroUsd: call.microUsd, reservedMicroUsd: 0 });
  const balance = balanceOf(booking, call.holding.degraded);
  const { usedMicroUsd } = balance;
  const threshold = alertAt * account.limitMicroUsd;
  if (usedMicroUsd < threshold || usedMicroUsd - call.microUsd >= threshold) return balance;
  const { scope, tenantId, userId, task, limitMicroUsd } = account;
  const owner = { scope, tenantId, userId, task };
  const alert = { ...owner, limitMicroUsd, usedMicroUsd, window: window.kind, windowId: window.id };
  // An alert must not fail the call that set it off.
  new Promise<void>((resolve) => resolve(onAlert(alert))).catch(() => {});
  return balance;
}

function usageOf(booking: Booking): BudgetUsage {
  const { account, window } = booking;
  return { ...balanceOf(booking, false), scope: account.scope, window: window.kind, windowId: window.id };
}
