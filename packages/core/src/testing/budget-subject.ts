import assert from "node:assert/strict";
import type { Budget, BudgetVerdict } from "../budget/budget.js";
import type { BudgetCapOptions, BudgetOptions } from "../budget/budget-options.js";
import type { Clock } from "../clock.js";
import type { Caller } from "../pipeline/task-call.js";
import { type ManualClock, manualClock } from "./manual-clock.js";

/** Makes a budget that nothing was spent of yet. */
export type CreateBudget = (options: BudgetOptions & { readonly clock: Clock }) => Budget | Promise<Budget>;

interface Call {
  readonly task?: string;
  readonly caller?: Caller;
  readonly degraded?: boolean;
}

/** Micro-dollars of a dollar. */
export const dollar = 1_000_000;

/** More than any cap here. */
export const far = 1_000_000 * dollar;

/** 1 January 2026, 10:00 UTC: where the clock of a subject starts unless it is given one. */
export const morning = Date.UTC(2026, 0, 1, 10);

/** The reservation of a verdict that must be a grant. */
export function granted(verdict: BudgetVerdict) {
  assert(verdict.granted, "expected the money to be granted");
  return verdict.reservation;
}

/** What stands in the way in a verdict that must be a refusal. */
export function refused(verdict: BudgetVerdict) {
  assert(!verdict.granted, "expected a refusal");
  return verdict.exceeded;
}

/** A budget under test, with only the caps in `options`. */
export async function budgetSubject(
  create: CreateBudget,
  options: BudgetOptions & { readonly clock?: ManualClock },
) {
  const clock = options.clock ?? manualClock(morning);
  const budget = await create({ gateway: {}, ...options, clock });
  const reserve = async (microUsd: number, { task = "chat", caller = {}, degraded }: Call = {}) =>
    budget.reserve({ task, caller, microUsd, degraded });
  return {
    clock,
    reserve,
    /** Spends exactly what was reserved. */
    async spend(microUsd: number, call?: Call) {
      await granted(await reserve(microUsd, call)).settle(microUsd);
    },
    /** Used and reserved amounts of the one cap there is, as a refusal tells them. */
    async figures(call?: Call) {
      const { usedMicroUsd: used, reservedMicroUsd: reserved } = refused(await reserve(far, call));
      return { used, reserved };
    },
    /** Without caps: those that the budget was made with. */
    setCaps(caps?: BudgetCapOptions) {
      assert(budget.setCaps !== undefined, "caps can't be changed");
      budget.setCaps(caps && { gateway: {}, ...caps });
    },
  };
}
