import type { BudgetAccount } from "./budget-account.js";
import type { BudgetWindow, WindowKind } from "./budget-window.js";

/** Integer micro-dollars of one account. */
export interface Balance {
  readonly usedMicroUsd: number;
  readonly reservedMicroUsd: number;
}

/** An account in the window that it was opened for: what is charged to it later stays in that window. */
export interface Booking {
  readonly account: BudgetAccount;
  readonly window: BudgetWindow;
  /** Everything that counts in this window. */
  balance(): Balance;
  /** Whether anything stands under the id at this place of `window.counted`. */
  hasMoney(index: number): boolean;
  /** Changes what stands under the window's own id by these amounts. */
  add(change: Balance): void;
}

/** Balances by window and account. Old windows and empty balances are dropped. */
export interface MemoryLedger {
  open(account: BudgetAccount, window: BudgetWindow): Booking;
  /** Balances that are remembered. */
  readonly size: number;
}

type Balances = Map<string, Balance>;

/** A window may be left and entered again when the wall clock is set back: then its balances must still be there. */
const laterWindowsKept = 2;

/** Makes an empty {@link MemoryLedger}. */
export function memoryLedger(): MemoryLedger {
  /** The windows, by id, of the calendar's kinds and of each length of rolling ones. */
  const series = new Map<WindowKind | number, Map<string, Balances>>();

  function windowsOf({ spanMs, window }: BudgetAccount): Map<string, Balances> {
    const name = window === "rolling" ? spanMs : window;
    const known = series.get(name);
    if (known !== undefined) return known;
    const windows = new Map<string, Balances>();
    series.set(name, windows);
    return windows;
  }
  function balancesOf(windows: Map<string, Balances>, { id, counted }: BudgetWindow): Balances {
    const known = windows.get(id);
    if (known !== undefined) return known;
    const balances: Balances = new Map();
    windows.set(id, balances);
    const [oldest] = windows.size > counted.length + laterWindowsKept ? windows.keys() : [];
    if (oldest !== undefined) windows.delete(oldest);
    return balances;
  }

  return {
    open(account, window) {
      const windows = windowsOf(account);
      const own = balancesOf(windows, window);
      const balancesAt = (id: string) => (id === window.id ? own : windows.get(id))?.get(account.key);
      return {
        account,
        window,
        balance: () => sumOf(window.counted, balancesAt),
        hasMoney: (index) => balancesAt(window.counted[index] ?? "") !== undefined,
        add: (change) => addTo(own, account.key, change),
      };
    },
    get size() {
      const all = [...series.values()].flatMap((windows) => [...windows.values()]);
      return all.reduce((sum, balances) => sum + balances.size, 0);
    },
  };
}

function sumOf(ids: readonly string[], balanceAt: (id: string) => Balance | undefined): Balance {
  let usedMicroUsd = 0;
  let reservedMicroUsd = 0;
  for (const id of ids) {
    const balance = balanceAt(id);
    usedMicroUsd += balance?.usedMicroUsd ?? 0;
    reservedMicroUsd += balance?.reservedMicroUsd ?? 0;
  }
  return { usedMicroUsd, reservedMicroUsd };
}

function addTo(balances: Balances, key: string, change: Balance): void {
  const balance = balances.get(key);
  const usedMicroUsd = (balance?.usedMicroUsd ?? 0) + change.usedMicroUsd;
  const reservedMicroUsd = (balance?.reservedMicroUsd ?? 0) + change.reservedMicroUsd;
  if (usedMicroUsd === 0 && reservedMicroUsd === 0) balances.delete(key);
  else balances.set(key, { usedMicroUsd, reservedMicroUsd });
}
