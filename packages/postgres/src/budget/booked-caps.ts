import type { BudgetBalance } from "@levqor/core";
import {
  type BudgetAccount,
  type BudgetWindow,
  type FindWindow,
  limitOf,
  resetsAtMs,
} from "@levqor/core/stores";

/** A cap that a call counts against, in the window of its moment. */
export interface BookedCap {
  readonly account: BudgetAccount;
  readonly window: BudgetWindow;
}

/** How the table says that a cap stands. Amounts are integer micro-dollars. */
export interface CapFigures {
  readonly used: number;
  readonly reserved: number;
  /** Place in `window.counted` of the first window that holds anything. */
  readonly oldest: number | null;
}

/** Accounts in their windows of this moment. */
export const bookedCaps = (
  accounts: readonly BudgetAccount[],
  findWindow: FindWindow,
  nowMs: number,
): readonly BookedCap[] => accounts.map((account) => ({ account, window: findWindow(account, nowMs) }));

/** The same caps at a later moment: a rolling window rolls on while a call runs, a day and a month stay. */
export function rebooked(
  caps: readonly BookedCap[],
  findWindow: FindWindow,
  nowMs: number,
): readonly BookedCap[] {
  return caps.map((cap) =>
    cap.window.kind === "rolling" ? { ...cap, window: findWindow(cap.account, nowMs) } : cap,
  );
}

/** A cap and its figures as the gateway tells them. */
export function balanceOf(
  { account, window }: BookedCap,
  figures: CapFigures | undefined,
  degraded: boolean,
): BudgetBalance {
  const { used = 0, reserved = 0, oldest = null } = figures ?? {};
  return {
    scope: account.scope,
    window: window.kind,
    limitMicroUsd: limitOf(account, degraded),
    usedMicroUsd: used,
    reservedMicroUsd: reserved,
    resetsAtMs: resetsAtMs(window, account.spanMs, (index) => index === oldest),
  };
}
