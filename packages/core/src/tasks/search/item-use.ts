import type { Caller } from "../../pipeline/task-call.js";

/** Somebody used an item: opened, ran, bought it. */
export interface ItemUse {
  readonly userId: string;
  readonly itemId: string;
  /** When: an ISO 8601 date or date-time; without an offset it is UTC. */
  readonly at: string;
  /** Whose use it is. It counts for callers of this tenant only; one without a tenant for callers without one. */
  readonly tenantId?: string | undefined;
}

/** Uses, or where to get those that matter for a caller. */
export type ItemUses =
  | readonly ItemUse[]
  | ((caller: Caller) => readonly ItemUse[] | Promise<readonly ItemUse[]>);

/** The uses in the caller's own tenant, whatever else was given. */
export async function usesFor(uses: ItemUses, caller: Caller): Promise<readonly ItemUse[]> {
  const given = typeof uses === "function" ? await uses(caller) : uses;
  return given.filter(({ tenantId }) => tenantId === caller.tenantId);
}
