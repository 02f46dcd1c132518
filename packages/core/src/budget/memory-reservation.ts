import { GatewayError } from "../errors/gateway-error.js";
import { assertAmount } from "./assert-amount.js";
import type { BudgetBalance, Reservation } from "./budget.js";
import type { ResolvedBudgetOptions } from "./budget-options.js";
import { balanceOf, type HeldMoney, type Holding } from "./held-money.js";
import type { Booking } from "./memory-ledger.js";

/** The reservation of money that is held in this process. */
export function memoryReservation(of: {
  readonly holding: Holding;
  /** How the caps stood before it. */
  readonly balances: readonly BudgetBalance[];
  readonly holdings: HeldMoney;
  /** The booking's account in the window that counts now. */
  readonly reopen: (booking: Booking) => Booking;
  readonly resolved: ResolvedBudgetOptions;
}): Reservation {
  const { holding, holdings, reopen, resolved } = of;
  const balances = { before: of.balances, after: [] as readonly BudgetBalance[] };
  return {
    balances,
    extend(microUsd) {
      assertAmount(microUsd);
      if (holding.state === "settled")
        throw new GatewayError("internal", "A settled reservation can't be extended.");
      holdings.freeOverdue();
      const bookings = holding.bookings.map(reopen);
      const standing = bookings.map((booking) => balanceOf(booking, holding.degraded));
      const wanted = { microUsd: holding.microUsd + microUsd, bookings, balances: standing };
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
