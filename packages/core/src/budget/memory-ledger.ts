import type { BudgetExceeded } from "./budget.js";
import type { BudgetAccount } from "./budget-account.js";
import type { BudgetWindow, FindWindow, WindowKind } from "./budget-window.js";

/** Integer micro-dollars of one account in one window. */
export interface Balance {
  readonly usedMicroUsd: number;
  readonly reservedMicroUsd: number;
}

/** An account in the window that it was opened for: what is charged to it later stays in that window. */
export interface Booking {
  readonly account: BudgetAccount;
  readonly window: BudgetWindow;
  balance(): Balance;
  /** Why `microUsd` more can't be set aside; nothing when it can. */
  refusal(microUsd: number): BudgetExceeded | undefined;
  /** Changes the balance by these amounts. */
  add(change: Balance): void;
}

/** A window may be left and entered again when the wall clock is set back: then its balances must still be there. */
const windowsKept = 3;
const empty: Balance = { usedMicroUsd: 0, reservedMicroUsd: 0 };

/** Balances by window and account. Old windows and empty balances are dropped. */
export interface MemoryLedger {
  /** The account's booking in the window of this moment. */
  open(account: BudgetAccount, nowMs: number): Booking;
  /** Balances that are remembered. */
  readonly size: number;
}

/** Makes an empty {@link MemoryLedger}. */
export function memoryLedger(findWindow: FindWindow): MemoryLedger {
  const windows: Readonly<Record<WindowKind, Map<string, Map<string, Balance>>>> = {
    day: new Map(),
    month: new Map(),
  };

  function balancesOf({ kind, id }: BudgetWindow): Map<string, Balance> {
    const kept = windows[kind];
    const balances = kept.get(id) ?? new Map<string, Balance>();
    kept.set(id, balances);
    const [oldest] = kept.size > windowsKept ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    return balances;
  }

  return {
    open(account, nowMs) {
      const window = findWindow(account, nowMs);
      return bookingOf(account, window, balancesOf(window));
    },
    get size() {
      const kept = [...windows.day.values(), ...windows.month.values()];
      return kept.reduce((sum, balances) => sum + balances.size, 0);
    },
  };
}

function bookingOf(account: BudgetAccount, window: BudgetWindow, balances: Map<string, Balance>): Booking {
  const { key, scope, limitMicroUsd } = account;
  const balance = () => balances.get(key) ?? empty;
  return {
    account,
    window,
    balance,
    refusal(microUsd) {
      const { usedMicroUsd, reservedMicroUsd } = balance();
      const fits = limitMicroUsd > 0 && usedMicroUsd + reservedMicroUsd + microUsd <= limitMicroUsd;
      if (fits) return undefined;
      const { kind, endsAtMs: resetsAtMs } = window;
      return { scope, window: kind, limitMicroUsd, usedMicroUsd, reservedMicroUsd, resetsAtMs };
    },
    add(change) {
      const usedMicroUsd = balance().usedMicroUsd + change.usedMicroUsd;
      const reservedMicroUsd = balance().reservedMicroUsd + change.reservedMicroUsd;
      if (usedMicroUsd === 0 && reservedMicroUsd === 0) balances.delete(key);
      else balances.set(key, { usedMicroUsd, reservedMicroUsd });
    },
  };
}
