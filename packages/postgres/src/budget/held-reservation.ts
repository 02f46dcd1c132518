import { type BudgetBalance, GatewayError, type Reservation } from "@levqor/core";
import type { ResolvedBudgetOptions } from "@levqor/core/stores";
import { assertAmount } from "./assert-amount.js";
import { balanceOf, rebooked } from "./booked-caps.js";
import type { BudgetLedger, Held } from "./budget-ledger.js";
import { capInTheWay } from "./cap-in-the-way.js";
import { tellAlerts } from "./tell-alerts.js";

/** Makes the reservation of money that is set aside in the tables; `before` is how its caps stood before that. */
export function heldReservation(
  held: Held,
  before: readonly BudgetBalance[],
  { ledger, options }: { readonly ledger: BudgetLedger; readonly options: () => ResolvedBudgetOptions },
): Reservation {
  const balances = { before, after: [] as readonly BudgetBalance[] };
  let settled: Promise<void> | undefined;

  async function charge(usedMicroUsd: number): Promise<void> {
    const { alertAt, onAlert } = options();
    const { id, caps, degraded } = held;
    // A figure that is no amount must not make a call free.
    const isAmount = usedMicroUsd >= 0 && usedMicroUsd <= Number.MAX_SAFE_INTEGER;
    const microUsd = isAmount ? Math.ceil(usedMicroUsd) : held.microUsd;
    await ledger.charge({
      ...{ id, caps, alertAt, microUsd },
      onSettled({ figures, alerts }) {
        balances.after = caps.map((cap, index) => balanceOf(cap, figures[index], degraded));
        tellAlerts(alerts, { caps, balances: balances.after, onAlert });
      },
    });
  }

  return {
    balances,
    async extend(microUsd) {
      assertAmount(microUsd);
      if (settled !== undefined) throw alreadySettled();
      if (held.caps.length === 0) return undefined;
      const { findWindow, leaseMs } = options();
      const capsAt = (nowMs: number) => rebooked(held.caps, findWindow, nowMs);
      const answer = await ledger.hold(held, { microUsd, leaseMs, capsAt });
      if (answer.outcome === "settled") throw alreadySettled();
      if (answer.outcome === "refused")
        return capInTheWay(answer.caps, answer.figures, held.degraded).exceeded;
      held.microUsd += microUsd;
      held.caps = answer.caps;
      return undefined;
    },
    settle(usedMicroUsd) {
      if (held.caps.length > 0) settled ??= charge(usedMicroUsd);
      return settled;
    },
  };
}

const alreadySettled = () => new GatewayError("internal", "A settled reservation can't be extended.");
