import type { AnyTask } from "../define-task.js";
import { askStore, type StoreContext, storeDown, tellStore } from "./ask-store.js";

/** Charges what a cache lookup costs to the budgets of the call; false when a cap is in the way, or the store is down. */
export async function payForLookup(
  microUsd: number,
  { task, call, services }: StoreContext & { readonly task: AnyTask },
): Promise<boolean> {
  const { decision } = call;
  const about = { store: "budget", call, services } as const;
  const { caller } = decision;
  const verdict = await askStore(() => services.budget.reserve({ task: task.name, caller, microUsd }), about);
  if (verdict === storeDown || !verdict.granted) return false;
  decision.budget.lookupMicroUsd += microUsd;
  await tellStore(() => verdict.reservation.settle(microUsd), about);
  return true;
}
