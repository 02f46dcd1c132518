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
    wanted: {
      readonly microUsd: number;
      readonly bookings: readonly Booking[];
      /** How the caps of the bookings stand. */
      readonly balances: readonly BudgetBalance[];
    },
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
    hold(holding, wanted) {
      const { microUsd, bookings } = wanted;
      const refusal = refusalOf(holding, wanted);
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
function refusalOf(
  holding: Holding,
  { microUsd, bookings, balances }: Parameters<HeldMoney["hold"]>[1],
): Refusal | undefined {
  let last: Refusal | undefined;
  for (const [index, exceeded] of balances.entries()) {
    const booking = bookings[index];
    if (booking === undefined) continue;
    const { limitMicroUsd: limit, usedMicroUsd, reservedMicroUsd, resetsAtMs } = exceeded;
    const missing = microUsd - heldIn(booking, holding.bookings[index], holding);
    if (limit > 0 && usedMicroUsd + reservedMicroUsd + missing <= limit) continue;
    if (last === undefined || resetsAtMs > last.exceeded.resetsAtMs)
      last = { exceeded, onExceeded: booking.account.onExceeded };
  }
  return last;
}

/** What the holding has set aside that counts in the window of `booking`, too. */
function heldIn(booking: Booking, held: Booking | undefined, { state, microUsd }: Holding): number {
  if (state !== "held" || held === undefined) return 0;
  return booking === held || booking.window.counted.includes(held.window.id) ? microUsd : 0;
}
