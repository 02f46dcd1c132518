import assert from "node:assert/strict";
import {
  budgetSubject,
  type CreateBudget,
  dollar,
  far,
  granted,
  refused,
} from "../testing/budget-subject.js";
import type { ContractCase } from "../testing/contract-case.js";
import { accountContract } from "./account-contract.js";
import { degradeContract } from "./degrade-contract.js";
import { randomContract } from "./random-contract.js";
import { rollingContract } from "./rolling-contract.js";
import { settleContract } from "./settle-contract.js";
import { windowContract } from "./window-contract.js";

const grantContract: readonly ContractCase<CreateBudget>[] = [
  {
    name: "grants up to the cap and then names the cap, its figures and when it opens",
    async run(create) {
      const { reserve, spend } = await budgetSubject(create, { gateway: { dailyUsd: 1 } });
      await spend(0.5 * dollar);
      granted(await reserve(0.3 * dollar));
      assert.deepEqual(refused(await reserve(0.2 * dollar + 1)), {
        scope: "gateway",
        window: "day",
        limitMicroUsd: dollar,
        usedMicroUsd: 0.5 * dollar,
        reservedMicroUsd: 0.3 * dollar,
        resetsAtMs: Date.UTC(2026, 0, 2),
      });
      granted(await reserve(0.2 * dollar));
    },
  },
  {
    name: "says what to do at a cap",
    async run(create) {
      for (const onExceeded of ["local", "reject"] as const) {
        const { reserve } = await budgetSubject(create, { gateway: { dailyUsd: 1 }, onExceeded });
        const verdict = await reserve(2 * dollar);
        assert(!verdict.granted);
        assert.equal(verdict.onExceeded, onExceeded);
      }
    },
  },
  {
    name: "1,000 parallel reserves on a cap that pays for 10 admit 10, and leave no reservation behind",
    async run(create) {
      const caller = { tenantId: "t", userId: "u" };
      const { reserve, figures } = await budgetSubject(create, {
        gateway: { dailyUsd: 1 },
        user: { monthlyUsd: 50 },
      });
      const cost = dollar / 10;
      const verdicts = await Promise.all(Array.from({ length: 1_000 }, () => reserve(cost, { caller })));
      const reservations = verdicts.flatMap((verdict) => (verdict.granted ? [verdict.reservation] : []));
      assert.equal(reservations.length, 10);
      await Promise.all(reservations.map((reservation) => reservation.settle(0)));
      assert.deepEqual(await figures(), { used: 0, reserved: 0 });
      granted(await reserve(dollar, { caller }));
    },
  },
  {
    name: "parallel calls that reserve, spend and settle end at the exact total, never above the cap",
    async run(create) {
      const { reserve, figures } = await budgetSubject(create, { gateway: { dailyUsd: 1 } });
      let spent = 0;
      async function worker(seed: number) {
        for (let call = 0; call < 20; call += 1) {
          const verdict = await reserve(50_000);
          if (!verdict.granted) continue;
          const used = ((seed + call) * 7_919) % 50_001;
          await verdict.reservation.settle(used);
          spent += used;
        }
      }
      await Promise.all(Array.from({ length: 50 }, (_, seed) => worker(seed)));
      assert(spent > 0.9 * dollar, "the cap is not used");
      assert(spent <= dollar, "the cap is overspent");
      assert.deepEqual(await figures(), { used: spent, reserved: 0 });
    },
  },
  {
    name: "a cap of 0 blocks everything, also a call that costs nothing",
    async run(create) {
      const { reserve } = await budgetSubject(create, { gateway: { monthlyUsd: 0 } });
      assert.equal(refused(await reserve(1)).window, "month");
      refused(await reserve(0));
    },
  },
  {
    name: "a cap that is absent or null is none",
    async run(create) {
      for (const caps of [{}, { dailyUsd: undefined, monthlyUsd: null }]) {
        const { reserve } = await budgetSubject(create, { gateway: caps });
        await granted(await reserve(far)).settle(far);
        granted(await reserve(far));
      }
    },
  },
  {
    name: "never grants an amount that is no amount",
    async run(create) {
      const { reserve, figures } = await budgetSubject(create, { gateway: { dailyUsd: 1 } });
      for (const amount of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
        const verdict = await reserve(amount).catch(() => undefined);
        assert(verdict?.granted !== true, `granted ${amount}`);
      }
      assert.deepEqual(await figures(), { used: 0, reserved: 0 });
    },
  },
];

const scopeContract: readonly ContractCase<CreateBudget>[] = [
  {
    name: "every tenant, user and task has a cap of its own",
    async run(create) {
      const { reserve, spend } = await budgetSubject(create, {
        tenant: { dailyUsd: 3 },
        user: { dailyUsd: 2 },
        task: { chat: { dailyUsd: 4 } },
      });
      const ann = { tenantId: "a", userId: "ann" };
      await spend(2 * dollar, { caller: ann });
      assert.equal(refused(await reserve(1, { caller: ann })).scope, "user");
      await spend(dollar, { caller: { tenantId: "a", userId: "bob" } });
      assert.equal(refused(await reserve(1, { caller: { tenantId: "a" } })).scope, "tenant");
      await spend(dollar, { caller: { tenantId: "b", userId: "ann" } });
      assert.equal(refused(await reserve(1, { caller: { tenantId: "c" } })).scope, "task");
      granted(await reserve(dollar, { task: "debug", caller: { tenantId: "c" } }));
      granted(await reserve(far, { task: "debug" }));
      granted(await reserve(far, { task: "constructor" }));
    },
  },
  {
    name: "users of different tenants are apart, also when their names are made to collide",
    async run(create) {
      const { reserve, spend } = await budgetSubject(create, { user: { dailyUsd: 1 } });
      const callers = [
        { tenantId: "a:b", userId: "c" },
        { tenantId: "a", userId: "b:c" },
        { tenantId: 'a","b', userId: "c" },
        { tenantId: "a", userId: 'b","c' },
        { userId: "c" },
        { tenantId: "", userId: "c" },
      ];
      for (const caller of callers) await spend(dollar, { caller });
      for (const caller of callers) refused(await reserve(1, { caller }));
    },
  },
  {
    name: "a call that one cap refuses sets nothing aside in the others",
    async run(create) {
      const { reserve, figures } = await budgetSubject(create, {
        gateway: { dailyUsd: 1 },
        tenant: { dailyUsd: 1 },
        user: { dailyUsd: 0.1 },
      });
      const caller = { tenantId: "t", userId: "u" };
      for (let call = 0; call < 20; call += 1) refused(await reserve(200_000, { caller }));
      assert.deepEqual(await figures(), { used: 0, reserved: 0 });
      granted(await reserve(dollar, { caller: { tenantId: "t" } }));
    },
  },
  {
    name: "of several caps in the way names the one that opens last",
    async run(create) {
      const { reserve, spend } = await budgetSubject(create, { gateway: { dailyUsd: 1, monthlyUsd: 1 } });
      await spend(dollar);
      const exceeded = refused(await reserve(1));
      assert.equal(exceeded.window, "month");
      assert.equal(exceeded.resetsAtMs, Date.UTC(2026, 1, 1));
    },
  },
];

/** What every `Budget` keeps. */
export const budgetContract: readonly ContractCase<CreateBudget>[] = [
  ...grantContract,
  ...scopeContract,
  ...settleContract,
  ...windowContract,
  ...rollingContract,
  ...degradeContract,
  ...accountContract,
  ...randomContract,
];
