import type { Clock } from "../clock.js";
import type { BudgetExceeded } from "./budget.js";
import type { Booking } from "./memory-ledger.js";

/** Money that is set aside until it is settled or its lease ends. */
export interface Holding {
  readonly bookings: readonly Booking[];
  microUsd: number;
  leaseEndsAtMs: number;
  state: "held" | "freed" | "settled";
}

/** Everything that is set aside now. */
export interface HeldMoney {
  /** Sets `microUsd` aside in every cap of the holding and renews its lease, or says which cap is in the way. */
  hold(holding: Holding, microUsd: number): BudgetExceeded | undefined;
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
    hold(holding, microUsd) {
      const exceeded = firstToWaitFor(holding.bookings.flatMap((booking) => booking.refusal(microUsd) ?? []));
      if (exceeded !== undefined) return exceeded;
      for (const booking of holding.bookings) booking.add({ usedMicroUsd: 0, reservedMicroUsd: microUsd });
      holding.state = "held";
      holding.leaseEndsAtMs = clock.monotonic() + leaseMs;
      held.delete(holding);
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

/** Of the caps in the way the one that opens last: before that, trying again is no use. */
function firstToWaitFor(refusals: readonly BudgetExceeded[]): BudgetExceeded | undefined {
  return refusals.toSorted((a, b) => b.resetsAtMs - a.resetsAtMs)[0];
}
