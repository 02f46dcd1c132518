import { isoTimeMs } from "./calendar-day.js";
import type { ItemUse } from "./item-use.js";

/** Fewer people than this are never shown in a recommendation: what one person does stays theirs. */
export const fewestUsers = 2;

/** What the uses of a tenant say, without naming anybody. */
export interface UsageFacts {
  /** Items the caller used, last used first. */
  readonly own: readonly string[];
  /** How many others used an item; 0 when they are fewer than {@link fewestUsers}. */
  userCount(itemId: string): number;
  /** When at least {@link fewestUsers} others had last used it, milliseconds since the epoch. */
  sharedUseMs(itemId: string): number | undefined;
  /** How often those who used the one also used the other, by popularity: 0 to 1, and 0 below {@link fewestUsers}. */
  together(one: string, other: string): number;
}

const nobody: ReadonlyMap<string, number> = new Map();

/** Reads the uses of one tenant for one of its users. A use whose time can't be read counts as very old. */
export function usageFacts(uses: readonly ItemUse[], userId: string | undefined): UsageFacts {
  const own = new Map<string, number>();
  const others = new Map<string, Map<string, number>>();
  for (const use of uses) {
    const timeMs = isoTimeMs(use.at) ?? 0;
    if (use.userId === userId) keepLatest(own, use.itemId, timeMs);
    else {
      const users = others.get(use.itemId) ?? new Map<string, number>();
      others.set(use.itemId, users);
      keepLatest(users, use.userId, timeMs);
    }
  }
  const usersOf = (itemId: string): ReadonlyMap<string, number> => others.get(itemId) ?? nobody;
  return {
    own: [...own].sort(latestFirst).map(([itemId]) => itemId),
    userCount: (itemId) => atLeastFew(usersOf(itemId).size),
    sharedUseMs(itemId) {
      const users = usersOf(itemId);
      if (users.size < fewestUsers) return undefined;
      return [...users.values()].sort((left, right) => right - left)[fewestUsers - 1];
    },
    together(one, other) {
      const [left, right] = [usersOf(one), usersOf(other)];
      const both = countShared(left, right);
      return both === 0 ? 0 : both / Math.sqrt(left.size * right.size);
    },
  };
}

/** How many users are in both; 0 below {@link fewestUsers}. */
function countShared(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  if (left.size < fewestUsers || right.size < fewestUsers) return 0;
  let count = 0;
  for (const user of left.keys()) if (right.has(user)) count++;
  return atLeastFew(count);
}

const atLeastFew = (count: number) => (count < fewestUsers ? 0 : count);

function keepLatest(times: Map<string, number>, key: string, timeMs: number): void {
  times.set(key, Math.max(timeMs, times.get(key) ?? Number.NEGATIVE_INFINITY));
}

/** Equal times keep one order: by key. */
const latestFirst = ([one, oneMs]: [string, number], [other, otherMs]: [string, number]) =>
  otherMs - oneMs || (one < other ? -1 : one > other ? 1 : 0);
