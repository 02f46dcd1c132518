import type { Caller } from "../pipeline/task-call.js";

/** Where a cap was hit, and when it opens again. Amounts are integer micro-dollars. */
export interface BudgetExceeded {
  /** `gateway`, `tenant`, `user` or `task`. */
  readonly scope: string;
  /** `day` or `month`. */
  readonly window: string;
  readonly limitMicroUsd: number;
  readonly usedMicroUsd: number;
  readonly reservedMicroUsd: number;
  /** Milliseconds since the epoch. */
  readonly resetsAtMs: number;
}

/**
 * Money set aside for one call. `settle` ends it; a second `settle` does nothing. One that is never settled (its
 * process died) is given back when its lease ends; a later `settle` still charges.
 */
export interface Reservation {
  /** Sets more aside and renews the lease; answers with the cap that is in the way, or with nothing when it was granted. */
  extend(microUsd: number): BudgetExceeded | undefined | Promise<BudgetExceeded | undefined>;
  /**
   * Charges what was used and gives the rest back; 0 releases everything. More than was set aside is recorded all
   * the same, since it was spent: `usedMicroUsd` can then be above the cap.
   */
  settle(usedMicroUsd: number): void | Promise<void>;
}

/** A budget's answer: the money is set aside, or which cap is in the way. */
export type BudgetVerdict =
  | { readonly granted: true; readonly reservation: Reservation }
  | { readonly granted: false; readonly exceeded: BudgetExceeded; readonly onExceeded: "local" | "reject" };

/**
 * A hard cap on spending. The worst case is reserved in every scope at once before the call, and what was really
 * used is settled after it, so parallel calls can't overspend.
 */
export interface Budget {
  reserve(request: {
    readonly task: string;
    readonly caller: Caller;
    /** Worst case of the call, integer micro-dollars. */
    readonly microUsd: number;
  }): BudgetVerdict | Promise<BudgetVerdict>;
}
