import type { BudgetBalance, BudgetUsage, Caller } from "@levqor/core";
import {
  accountsOf,
  type BudgetAccount,
  type BudgetWindow,
  limitOf,
  type ResolvedBudgetOptions,
  resetsAtMs,
} from "@levqor/core/stores";
import { keyDigest } from "../connection/key-digest.js";

/** An account in the window that it was opened for: what is charged to it later stays in that window. */
export interface Booking {
  readonly account: BudgetAccount;
  readonly window: BudgetWindow;
}

/** How an account stands in Redis. */
export interface Standing {
  readonly used: number;
  readonly reserved: number;
  /** Place in `window.counted` of the oldest window with money in it; -1 for none. */
  readonly oldest: number;
}

/** Whom a call counts against. */
export interface CallOwner {
  readonly task?: string | undefined;
  readonly caller?: Caller | undefined;
}

/** The accounts of a call, each in the window of this moment. */
export const bookingsOf = (options: ResolvedBudgetOptions, owner: CallOwner, nowMs: number) =>
  accountsOf(options, owner).map(
    (account): Booking => ({ account, window: options.findWindow(account, nowMs) }),
  );

/** A rolling window rolls on while a call runs: more money is checked against what counts by then. */
export const reopened = (options: ResolvedBudgetOptions, bookings: readonly Booking[], nowMs: number) =>
  bookings.map((booking) =>
    booking.window.kind === "rolling"
      ? { ...booking, window: options.findWindow(booking.account, nowMs) }
      : booking,
  );

/**
 * The two keys of each booking. A calendar window has keys of its own, which expire; the steps of a rolling one share
 * two, so that adding them up takes one read. `root` holds the one hash tag of the budget: the caps of gateway, tenant,
 * user and task are checked and entered in one script, so in Redis Cluster all of them lie in one slot.
 */
export const keysOf = (bookings: readonly Booking[], root: string): readonly string[] =>
  bookings.flatMap(({ account, window }) => {
    const period = window.kind === "rolling" ? `rolling/${account.spanMs}` : window.id;
    const name = `${root}:${keyDigest(account.key, period)}`;
    return [`${name}:m`, `${name}:l`];
  });

const dayMs = 86_400_000;
/** Redis takes no longer life; ten years. */
const longestMs = 3_650 * dayMs;

/** How long the keys of a booking live: its window and a lease, and a day more, as clocks differ and are set back. */
export const lifeOf = ({ account, window }: Booking, given: { nowMs: number; leaseMs: number }): number =>
  Math.ceil(
    Math.min(longestMs, Math.max(0, window.endsAtMs - given.nowMs) + account.spanMs + given.leaseMs + dayMs),
  );

/** How a cap stands, for a call that is degraded or not. */
export function balanceOf(
  { account, window }: Booking,
  standing: Standing,
  degraded: boolean,
): BudgetBalance {
  return {
    scope: account.scope,
    window: window.kind,
    limitMicroUsd: limitOf(account, degraded),
    usedMicroUsd: standing.used,
    reservedMicroUsd: standing.reserved,
    resetsAtMs: resetsAtMs(window, account.spanMs, (index) => index === standing.oldest),
  };
}

/** How a cap stands for who looks at it. */
export const usageOf = (booking: Booking, standing: Standing): BudgetUsage => ({
  ...balanceOf(booking, standing, false),
  scope: booking.account.scope,
  window: booking.window.kind,
  windowId: booking.window.id,
});

/** What a script says of each booking, `width` numbers each. */
export function standingsIn(
  answer: unknown,
  layout: { readonly from: number; readonly width: number },
): readonly (Standing & { readonly flag: boolean })[] {
  const numbers = (answer as readonly unknown[]).slice(layout.from).map(Number);
  return Array.from({ length: numbers.length / layout.width }, (_, index) => {
    const [used = 0, reserved = 0, oldest = -1, flag = 0] = numbers.slice(
      index * layout.width,
      (index + 1) * layout.width,
    );
    return { used, reserved, oldest, flag: flag === 1 };
  });
}
