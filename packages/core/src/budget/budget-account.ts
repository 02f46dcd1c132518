import type { Caller } from "../pipeline/task-call.js";
import type { BudgetScope, Cap, ResolvedBudgetOptions } from "./budget-options.js";

/** One cap that a call counts against, with whose it is. */
export interface BudgetAccount extends Cap {
  readonly scope: BudgetScope;
  readonly tenantId?: string | undefined;
  readonly userId?: string | undefined;
  readonly task?: string | undefined;
  /** Name of the account within its window: JSON, so that no two accounts share one. */
  readonly key: string;
}

/** All accounts that a call counts against. */
export function accountsOf(
  options: Pick<ResolvedBudgetOptions, "gateway" | "tenant" | "user" | "tasks">,
  call: { readonly task?: string | undefined; readonly caller?: Caller | undefined },
): readonly BudgetAccount[] {
  const { task, caller: { tenantId, userId } = {} } = call;
  return [
    ...named(options.gateway, { scope: "gateway" }),
    ...(tenantId === undefined ? [] : named(options.tenant, { scope: "tenant", tenantId })),
    ...(userId === undefined ? [] : named(options.user, { scope: "user", tenantId, userId })),
    ...(task === undefined ? [] : named(options.tasks.get(task) ?? [], { scope: "task", task })),
  ];
}

function named(
  caps: readonly Cap[],
  owner: Omit<BudgetAccount, "key" | keyof Cap>,
): readonly BudgetAccount[] {
  if (caps.length === 0) return [];
  const { scope, tenantId, userId, task } = owner;
  const key = JSON.stringify([scope, tenantId ?? null, userId ?? null, task ?? null]);
  // Field by field: spread objects cost more than all the rest of a reservation.
  return caps.map(({ window, spanMs, limitMicroUsd, onExceeded }) => ({
    window,
    spanMs,
    limitMicroUsd,
    onExceeded,
    scope,
    tenantId,
    userId,
    task,
    key,
  }));
}
