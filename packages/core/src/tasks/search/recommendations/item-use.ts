import type { Caller } from "../../../pipeline/task-call.js";
import { readUses, type UseTable } from "./use-table.js";

/** Somebody used an item: opened, ran, bought it. */
export interface ItemUse {
  readonly userId: string;
  readonly itemId: string;
  /** When: an ISO 8601 date or date-time; without an offset it is UTC. */
  readonly at: string;
  /** Whose use it is. It counts for callers of this tenant only; one without a tenant for callers without one. */
  readonly tenantId?: string | undefined;
}

/** Uses, read once; or where to get those that matter for a caller, asked at each call. */
export type ItemUses =
  | readonly ItemUse[]
  | ((caller: Caller) => readonly ItemUse[] | Promise<readonly ItemUse[]>);

/** Gives the uses in a caller's own tenant, whatever else was given. */
export function createUseReader(uses: ItemUses): (caller: Caller) => UseTable | Promise<UseTable> {
  if (typeof uses === "function") return async (caller) => readUses(ofTenant(await uses(caller), caller));
  const tables = new Map<string | undefined, UseTable>();
  const tenants = new Set(uses.map(({ tenantId }) => tenantId));
  return (caller) => {
    const known = tables.get(caller.tenantId);
    if (known !== undefined) return known;
    const table = readUses(ofTenant(uses, caller));
    // A tenant that used nothing is not kept: their names come from callers, without end.
    if (tenants.has(caller.tenantId)) tables.set(caller.tenantId, table);
    return table;
  };
}

const ofTenant = (uses: readonly ItemUse[], caller: Caller) =>
  uses.filter(({ tenantId }) => tenantId === caller.tenantId);
