import type { Caller } from "../../../pipeline/task-call.js";
import type { ItemUse, ItemUses } from "./item-use.js";
import { readUses, type UseTable } from "./use-table.js";

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
