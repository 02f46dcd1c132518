import assert from "node:assert/strict";
import { budgetSubject, type CreateBudget, dollar, morning, refused } from "../testing/budget-subject.js";
import type { ContractCase } from "../testing/contract-case.js";
import { seededRandom } from "../testing/seeded-random.js";
import type { Reservation } from "./budget.js";

const leaseMs = 60_000;
const steps = 120;
const limits = { day: dollar, month: 0.8 * dollar };
const caps = { gateway: { dailyUsd: 1 }, tenant: { monthlyUsd: 0.8 } };

/** A call as the model sees it: the names of its accounts, and what it has set aside. */
interface ModelCall {
  readonly accounts: readonly string[];
  readonly reservation: Reservation;
  microUsd: number;
  leaseEndsAtMs: number;
  isSettled: boolean;
}

/** Budgets as one would keep them on paper: every call is written down and added up. */
function paperBudget(now: () => number) {
  const calls: ModelCall[] = [];
  const used = new Map<string, number>();
  let spent = 0;
  const isHeld = (call: ModelCall) => !call.isSettled && now() < call.leaseEndsAtMs;
  const reservedOf = (account: string) =>
    calls
      .filter((call) => isHeld(call) && call.accounts.includes(account))
      .reduce((sum, { microUsd }) => sum + microUsd, 0);
  const figures = (account: string) => ({ used: used.get(account) ?? 0, reserved: reservedOf(account) });

  return {
    calls,
    figures,
    isHeld,
    accountsOf: (tenantId: string | undefined) => [
      `day/${new Date(now()).toISOString().slice(0, 10)}`,
      ...(tenantId === undefined ? [] : [`month/${tenantId}/${new Date(now()).toISOString().slice(0, 7)}`]),
    ],
    fits: (accounts: readonly string[], microUsd: number) =>
      accounts.every((account) => {
        const { used, reserved } = figures(account);
        return used + reserved + microUsd <= limits[account.startsWith("day") ? "day" : "month"];
      }),
    spent: () => spent,
    settle(call: ModelCall, microUsd: number) {
      spent += microUsd;
      call.isSettled = true;
      for (const account of call.accounts) used.set(account, (used.get(account) ?? 0) + microUsd);
    },
  };
}

/** One budget, its model, and what random calls do to both; they must agree after every step. */
async function randomCalls(create: CreateBudget, seed: number, isWild: boolean) {
  const random = seededRandom(seed);
  const below = (most: number) => Math.floor(random() * most);
  const { clock, reserve, figures } = await budgetSubject(create, { ...caps, leaseMs });
  await clock.advance(Date.UTC(2026, 0, 31, 23, 57) - morning);
  const paper = paperBudget(() => clock.now());
  const tenantIds = ["a", "b", undefined];

  return {
    below,
    clock,
    paper,
    async begin() {
      const tenantId = tenantIds[below(tenantIds.length)];
      const microUsd = below(10) === 0 ? 0 : below(300_000);
      const accounts = paper.accountsOf(tenantId);
      const verdict = await reserve(microUsd, { caller: { tenantId } });
      assert.equal(verdict.granted, paper.fits(accounts, microUsd), `seed ${seed}: reserve ${microUsd}`);
      if (!verdict.granted) return;
      const leaseEndsAtMs = clock.now() + leaseMs;
      paper.calls.push({
        accounts,
        reservation: verdict.reservation,
        microUsd,
        leaseEndsAtMs,
        isSettled: false,
      });
    },
    async extend(call: ModelCall) {
      const microUsd = below(100_000);
      const missing = paper.isHeld(call) ? microUsd : call.microUsd + microUsd;
      const isGranted = paper.fits(call.accounts, missing);
      const exceeded = await call.reservation.extend(microUsd);
      assert.equal(exceeded === undefined, isGranted, `seed ${seed}: extend by ${microUsd}`);
      if (!isGranted) return;
      call.microUsd += microUsd;
      call.leaseEndsAtMs = clock.now() + leaseMs;
    },
    async settle(call: ModelCall) {
      const most = Math.floor(isWild ? call.microUsd * 1.2 : call.microUsd);
      const used = below(5) === 0 ? 0 : below(most + 1);
      await call.reservation.settle(used);
      paper.settle(call, used);
    },
    /** On the last day of a month day and month open together; after it the month opens last. */
    async compare() {
      for (const tenantId of tenantIds) {
        const exceeded = refused(await reserve(2 * dollar, { caller: { tenantId } }));
        const { window, usedMicroUsd: used, reservedMicroUsd: reserved } = exceeded;
        const account = paper.accountsOf(tenantId).find((name) => name.startsWith(window)) ?? "";
        assert.deepEqual({ used, reserved }, paper.figures(account), `seed ${seed}: ${account}`);
      }
      const { used, reserved } = await figures();
      assert(isWild || used + reserved <= dollar, `seed ${seed}: above the cap`);
    },
  };
}

/** Plays one seed and answers with all that was spent. */
async function play(create: CreateBudget, seed: number, isWild: boolean): Promise<number> {
  const { below, clock, paper, begin, extend, settle, compare } = await randomCalls(create, seed, isWild);
  for (let step = 0; step < steps; step += 1) {
    const open = paper.calls.filter((call) => !call.isSettled && (isWild || paper.isHeld(call)));
    const call = open[below(open.length)];
    const action = below(10);
    if (action < 4 || call === undefined) await begin();
    else if (action < 6) await extend(call);
    else if (action < 9) await settle(call);
    else await clock.advance(below(40_000));
    if (step % 5 === 0) await compare();
  }
  await compare();
  return paper.spent();
}

/** Random calls: what a budget grants and what it counts is exact to the micro-dollar, over midnight and month's end. */
export const randomContract: readonly ContractCase<CreateBudget>[] = [
  {
    name: "random calls agree with a budget on paper and never bring a cap over its limit",
    async run(create) {
      for (const seed of [1, 2, 3]) assert((await play(create, seed, false)) > dollar / 2);
    },
  },
  {
    name: "random calls that settle late, and more than they set aside, are counted to the micro-dollar",
    async run(create) {
      for (const seed of [5, 6, 7]) assert((await play(create, seed, true)) > dollar / 2);
    },
  },
];
