import type { BudgetExceeded, OnExceeded } from "@levqor/core";
import { type BookedCap, balanceOf, type CapFigures } from "./booked-caps.js";

/** Of the caps in the way the one that opens last: before that, trying again is no use. */
export function capInTheWay(
  caps: readonly BookedCap[],
  figures: readonly (CapFigures & { readonly fits: boolean })[],
  degraded: boolean,
): { readonly exceeded: BudgetExceeded; readonly onExceeded: OnExceeded } {
  const inTheWay = caps.flatMap((cap, index) => {
    if (figures[index]?.fits !== false) return [];
    return { exceeded: balanceOf(cap, figures[index], degraded), onExceeded: cap.account.onExceeded };
  });
  const [last] = inTheWay.toSorted((a, b) => b.exceeded.resetsAtMs - a.exceeded.resetsAtMs);
  if (last === undefined) throw new Error("The budget's tables refuse and name no cap.");
  return last;
}
