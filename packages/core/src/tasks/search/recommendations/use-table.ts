import { isoTimeMs } from "../calendar-day.js";
import type { ItemUse } from "./item-use.js";

/** Fewer people than this are never shown in a recommendation: what one person does stays theirs. */
export const fewestUsers = 2;

/** Who used an item. */
export interface ItemUsers {
  /** User id → last use, milliseconds since the epoch. */
  readonly times: ReadonlyMap<string, number>;
  /** The last to use it, one more than {@link fewestUsers}, so that it can be told without any one of them. */
  readonly latest: readonly (readonly [userId: string, timeMs: number])[];
}

/** The uses of one tenant, by item and by user. */
export interface UseTable {
  readonly byItem: ReadonlyMap<string, ItemUsers>;
  /** User id → item id → last use. */
  readonly byUser: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Reads uses. One whose time can't be read counts as very old. */
export function readUses(uses: readonly ItemUse[]): UseTable {
  const byItem = new Map<string, Map<string, number>>();
  const byUser = new Map<string, Map<string, number>>();
  for (const { userId, itemId, at } of uses) {
    const timeMs = isoTimeMs(at) ?? 0;
    keepLatest(entryOf(byItem, itemId), userId, timeMs);
    keepLatest(entryOf(byUser, userId), itemId, timeMs);
  }
  return {
    byItem: new Map([...byItem].map(([itemId, times]) => [itemId, { times, latest: latestOf(times) }])),
    byUser,
  };
}

const latestOf = (times: ReadonlyMap<string, number>) =>
  [...times].sort(([, left], [, right]) => right - left).slice(0, fewestUsers + 1);

function entryOf(table: Map<string, Map<string, number>>, key: string): Map<string, number> {
  const entry = table.get(key) ?? new Map<string, number>();
  table.set(key, entry);
  return entry;
}

function keepLatest(times: Map<string, number>, key: string, timeMs: number): void {
  times.set(key, Math.max(timeMs, times.get(key) ?? Number.NEGATIVE_INFINITY));
}
