import type { Clock } from "../clock.js";
import type { BudgetBalance, BudgetExceeded, OnExceeded } from "./budget.js";
import { limitOf } from "./budget-options.js";
import { resetsAtMs } from "./budget-window.js";
import type { Booking } from "./memory-ledger.js";

/** Money that is set aside until it is settled or its lease ends. */
export interface Holding {
  bookings: readonly Booking[];
  /** The call goes to the cheaper target of a cap. */
  readonly degraded: boolean;
  microUsd: number;
  leaseEndsAtMs: number;
  state: "held" | "freed" | "settled";
}

/** A cap that is in the way. */
export interface Refusal {
  readonly exceeded: BudgetExceeded;
  readonly onExceeded: OnExceeded;
}

/** Everything that is set aside now. */
export interface HeldMoney {
  /**
   * Makes `microUsd` what the holding has set aside, in `bookings`, and renews its lease; or says which cap is in the
   * way and changes nothing.
   */
  hold(
    holding: Holding,
    wanted: { readonly microUsd: number; readonly bookings: readonly Booking[] },
  ): Refusal | undefined;
  /** Gives all of it back. */
  free(holding: Holding): void;
  /** Frees what was never settled within its lease: its call crashed. */
  freeOverdue(): void;
}

/** Keeps what is set aside; a lease lasts `leaseMs`. */
export function heldMoney(clock: Clock, leaseMs: number): HeldMoney {
  const held = new Set<Holding>(); // the lease that ends first is in front
  function free(holding: Holding): void {
    if (!held.delete(holding)) return;
    for (const booking of holding.bookings) {
      booking.add({ usedMicroUsd: 0, reservedMicroUsd: -holding.microUsd });
    }
    holding.state = "freed";
  }
  return {
    hold(holding, { microUsd, bookings }) {
      const refusal = refusalOf(holding, microUsd, bookings);
      if (refusal !== undefined) return refusal;
      free(holding);
      for (const booking of bookings) booking.add({ usedMicroUsd: 0, reservedMicroUsd: microUsd });
      holding.bookings = bookings;
      holding.microUsd = microUsd;
      holding.state = "held";
      holding.leaseEndsAtMs = clock.monotonic() + leaseMs;
      held.add(holding);
      return undefined;
    },
    free,
    freeOverdue() {
      const nowMs = clock.monotonic();
      for (const holding of held) {
        if (nowMs < holding.leaseEndsAtMs) return;
        free(holding);
      }
    },
  };
}

/** How a booking's cap stands, for a call that is degraded or not. */
export function balanceOf(booking: Booking, degraded: boolean): BudgetBalance {
  const { account, window } = booking;
  const { usedMicroUsd, reservedMicroUsd } = booking.balance();
  return {
    scope: account.scope,
    window: window.kind,
    limitMicroUsd: limitOf(account, degraded),
    usedMicroUsd,
    reservedMicroUsd,
    resetsAtMs: resetsAtMs(window, account.spanMs, booking.hasMoney),
  };
}

/** Of the caps in the way the one that opens last: before that, trying again is no use. */
function refusalOf(holding: Holding, microUsd: number, bookings: readonly Booking[]): Refusal | undefined {
  let last: Refusal | undefined;
  for (const [index, booking] of bookings.entries()) {
    const { account, window } = booking;
    const limit = limitOf(account, holding.degraded);
    const { usedMicroUsd, reservedMicroUsd } = booking.balance();
    const heldIn = holding.state === "held" ? holding.bookings[index]?.window.id : undefined;
    const missing =
      heldIn !== undefined && window.counted.includes(heldIn) ? microUsd - holding.microUsd : microUsd;
    if (limit > 0 && usedMicroUsd + reservedMicroUsd + missing <= limit) continue;
    const exceeded = balanceOf(booking, holding.degraded);
    if (last === undefined || exceeded.resetsAtMs > last.exceeded.resetsAtMs)
      last = { exceeded, onExceeded: account.onExceeded };
  }
  return last;
}
