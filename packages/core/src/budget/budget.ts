import type { Caller } from "../pipeline/task-call.js";
import type { BudgetCapOptions } from "./budget-options.js";

/** How one cap stands. Amounts are integer micro-dollars. */
export interface BudgetBalance {
  /** `gateway`, `tenant`, `user` or `task`. */
  readonly scope: string;
  /** `day`, `month` or `rolling`. */
  readonly window: string;
  readonly limitMicroUsd: number;
  readonly usedMicroUsd: number;
  readonly reservedMicroUsd: number;
  /** When the window is over, milliseconds since the epoch; of a rolling one, when the oldest spending leaves it. */
  readonly resetsAtMs: number;
}

/** The cap that was hit, as it stood then. */
export type BudgetExceeded = BudgetBalance;

/**
 * What happens at a cap: an error, the task's local answer, or a cheaper target. The cheaper one has the rest of the
 * cap and `extraUsd` more for itself, US dollars in each window; after that the answer is local.
 */
export type OnExceeded =
  | "local"
  | "reject"
  | {
      /** Name of a target. */
      readonly degradeTo: string;
      /** @default 0 */
      readonly extraUsd?: number | undefined;
    };

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
  /**
   * Every cap that applies, as it stood before this money was set aside and after it was settled, where the budget
   * can tell. For the decision record.
   */
  readonly balances?:
    | { readonly before: readonly BudgetBalance[]; after: readonly BudgetBalance[] }
    | undefined;
}

/** A budget's answer: the money is set aside, or which cap is in the way. */
export type BudgetVerdict =
  | { readonly granted: true; readonly reservation: Reservation }
  | { readonly granted: false; readonly exceeded: BudgetExceeded; readonly onExceeded: OnExceeded };

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
    /** The call goes to the cheaper target of a cap: `extraUsd` is open to it. @default false */
    readonly degraded?: boolean | undefined;
  }): BudgetVerdict | Promise<BudgetVerdict>;
  /**
   * Replaces the caps, or takes back what the budget was made with; what was spent and set aside stays counted.
   *
   * @throws `invalid_config` that lists every option which makes no sense; the old ones then stay.
   */
  setCaps?(caps: BudgetCapOptions | undefined): void;
  /** Writes what waits to be settled; the gateway's `close` asks for it. The budget stays in use: others may share it. */
  flush?(): void | Promise<void>;
}
