import { compareValues } from "../compare-values.js";
import { fewestUsers, type UseTable } from "./use-table.js";

/** What the uses of a tenant say to one of its users, without naming anybody. */
export interface UsageFacts {
  /** Items the caller used, last used first. */
  readonly own: readonly string[];
  /** How many others used an item; 0 when they are fewer than {@link fewestUsers}. */
  userCount(itemId: string): number;
  /** When at least {@link fewestUsers} others had last used it, milliseconds since the epoch. */
  sharedUseMs(itemId: string): number | undefined;
  /**
   * What those who used an item also used: by id, how often, by popularity, 0 to 1. Without what fewer than
   * {@link fewestUsers} used with it.
   */
  usedWith(itemId: string): ReadonlyMap<string, number>;
}

const nobody: ReadonlyMap<string, number> = new Map();

/** Looks at uses as one user: their own are told apart from those of the others. */
export function usageFacts({ byItem, byUser }: UseTable, userId: string | undefined): UsageFacts {
  const usersOf = (itemId: string) => byItem.get(itemId)?.times ?? nobody;
  const otherCount = (users: ReadonlyMap<string, number>) =>
    users.size - (userId !== undefined && users.has(userId) ? 1 : 0);
  return {
    own: [...((userId === undefined ? undefined : byUser.get(userId)) ?? nobody)]
      .sort(latestFirst)
      .map(([itemId]) => itemId),
    userCount: (itemId) => atLeastFew(otherCount(usersOf(itemId))),
    sharedUseMs(itemId) {
      const others = byItem.get(itemId)?.latest.filter(([user]) => user !== userId) ?? [];
      return others[fewestUsers - 1]?.[1];
    },
    usedWith(itemId) {
      const users = usersOf(itemId);
      const counts = new Map<string, number>();
      for (const user of users.keys()) {
        if (user === userId) continue;
        for (const other of (byUser.get(user) ?? nobody).keys())
          if (other !== itemId) counts.set(other, (counts.get(other) ?? 0) + 1);
      }
      const shared = [...counts].filter(([, count]) => count >= fewestUsers);
      return new Map(
        shared.map(([other, count]) => [
          other,
          count / Math.sqrt(otherCount(users) * otherCount(usersOf(other))),
        ]),
      );
    },
  };
}

const atLeastFew = (count: number) => (count < fewestUsers ? 0 : count);

/** Equal times keep one order: by key. */
const latestFirst = ([one, oneMs]: [string, number], [other, otherMs]: [string, number]) =>
  otherMs - oneMs || compareValues(one, other);
