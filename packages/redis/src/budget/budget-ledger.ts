import {
  type BudgetBalance,
  type BudgetExceeded,
  type Clock,
  type OnExceeded,
  systemClock,
} from "@levqor/core";
import { limitOf } from "@levqor/core/stores";
import { answeredMarks } from "../connection/answered-marks.js";
import { nowArgument } from "../connection/now-argument.js";
import type { RedisConnection } from "../connection/redis-connection.js";
import { type Booking, balanceOf, keysOf, lifeOf, type Standing, standingsIn } from "./booking.js";
import { holdMoney } from "./hold-money.js";
import { readBalances } from "./read-balances.js";
import { settleMoney } from "./settle-money.js";

/** Money of one reservation. */
export interface Holding {
  /** Names the reservation. */
  readonly id: string;
  readonly bookings: readonly Booking[];
  readonly microUsd: number;
  readonly degraded: boolean;
}

/** What came of an attempt to hold money. */
export type HoldResult =
  | { readonly granted: true; readonly before: readonly BudgetBalance[] }
  | { readonly granted: false; readonly exceeded: BudgetExceeded; readonly onExceeded: OnExceeded };

/** Accounts in Redis. Each method is one script. */
export interface BudgetLedger {
  hold(holding: Holding): Promise<HoldResult>;
  /** Charges `usedMicroUsd`, once however often it is called. */
  settle(holding: Holding, usedMicroUsd: number): Promise<Settlement>;
  read(bookings: readonly Booking[]): Promise<readonly Standing[]>;
}

/** How the accounts stand after a settlement. */
export interface Settlement {
  readonly after: readonly BudgetBalance[];
  /** Those whose alert threshold was reached by this, with what is used of them. */
  readonly alerts: readonly { readonly booking: Booking; readonly usedMicroUsd: number }[];
}

/** What {@link budgetLedger} takes. */
export interface BudgetLedgerOptions {
  readonly connection: RedisConnection;
  /** Begins every key; holds the hash tag. */
  readonly root: string;
  readonly leaseMs: number;
  readonly clock: Clock | undefined;
  readonly alertAt: () => number;
}

const dayMs = 86_400_000;

/** Opens the ledger. */
export function budgetLedger(options: BudgetLedgerOptions): BudgetLedger {
  const { connection, root, leaseMs, clock } = options;
  const markOf = (id: string) => `${root}:s:${id}`;
  const answered = answeredMarks();

  function describe(booking: Booking, degraded: boolean) {
    const { account, window } = booking;
    const ttl = lifeOf(booking, { nowMs: (clock ?? systemClock).now(), leaseMs });
    const alertAt = options.alertAt() * account.limitMicroUsd;
    return { window: window.id, counted: window.counted, limit: limitOf(account, degraded), alertAt, ttl };
  }
  const describeAll = (bookings: readonly Booking[], degraded: boolean) =>
    JSON.stringify(bookings.map((booking) => describe(booking, degraded)));

  return {
    async hold({ id, bookings, microUsd, degraded }) {
      if (bookings.length === 0) return { granted: true, before: [] };
      const keys = [markOf(id), ...keysOf(bookings, root)];
      const given = [nowArgument(clock), id, microUsd, leaseMs, describeAll(bookings, degraded)];
      const answer = (await connection.run(holdMoney, keys, given)) as readonly unknown[];
      const standings = standingsIn(answer, { from: 1, width: 4 });
      const balances = bookings.map((booking, index) =>
        balanceOf(booking, standings[index] ?? nothing, degraded),
      );
      if (Number(answer[0]) === 1) return { granted: true, before: balances };
      const inTheWay = bookings.flatMap(({ account: { onExceeded } }, index) => {
        const exceeded = balances[index];
        return standings[index]?.flag === true && exceeded !== undefined ? [{ exceeded, onExceeded }] : [];
      });
      const last = inTheWay.reduce((latest, next) =>
        next.exceeded.resetsAtMs > latest.exceeded.resetsAtMs ? next : latest,
      );
      return { granted: false, ...last };
    },
    async settle({ id, bookings, degraded }, usedMicroUsd) {
      if (bookings.length === 0) return { after: [], alerts: [] };
      const keys = [markOf(id), ...keysOf(bookings, root), ...answered.take()];
      const given = [nowArgument(clock), id, usedMicroUsd, leaseMs + dayMs, describeAll(bookings, degraded)];
      const answer = await connection.run(settleMoney, keys, given);
      answered.add(markOf(id));
      const standings = standingsIn(answer, { from: 0, width: 4 });
      const all = bookings.map((booking, index) => ({ booking, ...(standings[index] ?? nothing) }));
      return {
        after: all.map(({ booking, ...standing }) => balanceOf(booking, standing, degraded)),
        alerts: all.filter(({ flag }) => flag).map(({ booking, used }) => ({ booking, usedMicroUsd: used })),
      };
    },
    async read(bookings) {
      if (bookings.length === 0) return [];
      const keys = [markOf(""), ...keysOf(bookings, root)];
      const given = [nowArgument(clock), JSON.stringify(bookings.map(({ window }) => window))];
      return standingsIn(await connection.run(readBalances, keys, given), { from: 0, width: 3 });
    },
  };
}

const nothing = { used: 0, reserved: 0, oldest: -1, flag: false };
