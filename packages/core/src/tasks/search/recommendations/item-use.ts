import type { Caller } from "../../../pipeline/task-call.js";

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
