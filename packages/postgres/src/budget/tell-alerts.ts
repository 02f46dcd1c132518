import type { BudgetBalance } from "@levqor/core";
import type { ResolvedBudgetOptions } from "@levqor/core/stores";
import type { BookedCap } from "./booked-caps.js";

/** Tells of the caps at these places that their threshold was reached. */
export function tellAlerts(
  places: readonly number[],
  about: {
    readonly caps: readonly BookedCap[];
    readonly balances: readonly BudgetBalance[];
    readonly onAlert: ResolvedBudgetOptions["onAlert"];
  },
): void {
  for (const place of places) {
    const [cap, balance] = [about.caps[place], about.balances[place]];
    if (cap === undefined || balance === undefined) continue;
    const { scope, tenantId, userId, task, limitMicroUsd } = cap.account;
    const { kind: window, id: windowId } = cap.window;
    const { usedMicroUsd } = balance;
    const alert = { scope, tenantId, userId, task, window, windowId, limitMicroUsd, usedMicroUsd };
    // An alert must not fail the call that set it off.
    new Promise<void>((resolve) => resolve(about.onAlert(alert))).catch(() => {});
  }
}
