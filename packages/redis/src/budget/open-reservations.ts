import { type BudgetAlert, type BudgetBalance, GatewayError, type Reservation } from "@levqor/core";
import type { PendingCommands } from "../connection/pending-commands.js";
import type { Booking } from "./booking.js";
import type { BudgetLedger, Holding, Settlement } from "./budget-ledger.js";

/** What the reservations of a budget share. */
export interface ReservationServices {
  readonly ledger: BudgetLedger;
  readonly pending: PendingCommands;
  /** The bookings as they are when more money is asked for. */
  reopen(bookings: readonly Booking[]): readonly Booking[];
  onAlert(alert: BudgetAlert): void | Promise<void>;
}

/** Makes reservations of money that is held, with the balances from before. */
export function openReservations(
  services: ReservationServices,
): (holding: Holding, before: readonly BudgetBalance[]) => Reservation {
  const { ledger, pending } = services;
  return (first, before) => {
    let holding = first;
    let isSettled = false;
    /** One command of a reservation after the other: an extension asks for a sum, not for a difference. */
    let last: Promise<unknown> = Promise.resolve();
    const balances = { before, after: [] as readonly BudgetBalance[] };

    function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
      const turn = last.then(work);
      last = turn.catch(() => {});
      return turn;
    }
    return {
      balances,
      async extend(microUsd) {
        assertAmount(microUsd);
        if (isSettled) throw new GatewayError("internal", "A settled reservation can't be extended.");
        return await inTurn(async () => {
          const bookings = services.reopen(holding.bookings);
          const wanted = { ...holding, bookings, microUsd: holding.microUsd + microUsd };
          const result = await ledger.hold(wanted);
          if (!result.granted) return result.exceeded;
          holding = wanted;
          return undefined;
        });
      },
      async settle(usedMicroUsd) {
        if (isSettled) return;
        isSettled = true;
        await inTurn(() =>
          pending.land(async () => {
            // A figure that is no amount must not make a call free.
            const microUsd = usedMicroUsd >= 0 ? Math.ceil(usedMicroUsd) : holding.microUsd;
            const settlement = await ledger.settle(holding, microUsd);
            balances.after = settlement.after;
            tellAlerts(settlement, services);
          }),
        );
      },
    };
  };
}

/** @throws `internal` when it is no amount of integer micro-dollars, 0 or more. */
export function assertAmount(microUsd: number): void {
  if (Number.isSafeInteger(microUsd) && microUsd >= 0) return;
  throw new GatewayError("internal", "A budget takes integer micro-dollars, 0 or more.");
}

function tellAlerts({ alerts }: Settlement, { onAlert }: ReservationServices): void {
  for (const { booking, usedMicroUsd } of alerts) {
    const { account, window } = booking;
    const { scope, tenantId, userId, task, limitMicroUsd } = account;
    const owner = { scope, tenantId, userId, task, limitMicroUsd };
    const alert = { ...owner, usedMicroUsd, window: window.kind, windowId: window.id };
    // An alert must not fail the call that set it off.
    new Promise<void>((resolve) => resolve(onAlert(alert))).catch(() => {});
  }
}
