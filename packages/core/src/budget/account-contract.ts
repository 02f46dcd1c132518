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
import type { BudgetAlert, BudgetOptions } from "./budget-options.js";

const day = 86_400_000;

/** A budget whose alerts are kept. */
async function withAlerts(create: CreateBudget, options: BudgetOptions) {
  const alerts: BudgetAlert[] = [];
  const onAlert = (alert: BudgetAlert) => void alerts.push(alert);
  return { alerts, ...(await budgetSubject(create, { ...options, onAlert })) };
}

const alertContract: readonly ContractCase<CreateBudget>[] = [
  {
    name: "an alert comes when settled spending reaches its part of a cap, once in each window",
    async run(create) {
      const { alerts, clock, reserve, spend } = await withAlerts(create, { tenant: { dailyUsd: 1 } });
      const caller = { tenantId: "t" };
      const reservation = granted(await reserve(dollar, { caller }));
      await reservation.settle(799_999);
      assert.equal(alerts.length, 0);
      await spend(1, { caller });
      await spend(100_000, { caller });
      assert.equal(alerts.length, 1);
      const [alert] = alerts;
      assert.equal(alert?.tenantId, "t");
      assert.deepEqual([alert.scope, alert.window, alert.windowId], ["tenant", "day", "2026-01-01"]);
      assert.deepEqual([alert.limitMicroUsd, alert.usedMicroUsd], [dollar, 800_000]);
      await clock.advance(day);
      await spend(900_000, { caller });
      assert.deepEqual(
        alerts.map(({ windowId }) => windowId),
        ["2026-01-01", "2026-01-02"],
      );
    },
  },
  {
    name: "50 calls that settle at once set off one alert for each cap",
    async run(create) {
      const { alerts, reserve } = await withAlerts(create, {
        gateway: { dailyUsd: 1, monthlyUsd: 1 },
        alertAt: 0.5,
      });
      const verdicts = await Promise.all(Array.from({ length: 50 }, () => reserve(20_000)));
      await Promise.all(verdicts.map((verdict) => granted(verdict).settle(20_000)));
      assert.deepEqual(alerts.map(({ window }) => window).toSorted(), ["day", "month"]);
      for (const { usedMicroUsd } of alerts) assert.equal(usedMicroUsd, 500_000);
    },
  },
  {
    name: "an alert that fails does not reach the call",
    async run(create) {
      let told = 0;
      const onAlert = () => {
        told += 1;
        throw new Error("pager is down");
      };
      const { spend, figures } = await budgetSubject(create, { gateway: { dailyUsd: 1 }, onAlert });
      await spend(900_000);
      assert.equal(told, 1);
      assert.deepEqual(await figures(), { used: 900_000, reserved: 0 });
    },
  },
];

/** What a budget tells about its accounts, and how its caps are changed. */
export const accountContract: readonly ContractCase<CreateBudget>[] = [
  ...alertContract,
  {
    name: "a reservation tells how every cap stood before it and stands after it",
    async run(create) {
      const { reserve, spend } = await budgetSubject(create, {
        gateway: { dailyUsd: 1 },
        tenant: { monthlyUsd: 2 },
        user: { dailyUsd: 3 },
      });
      const caller = { tenantId: "t" };
      await spend(100_000);
      granted(await reserve(200_000, { caller }));
      const reservation = granted(await reserve(300_000, { caller }));
      const first = {
        scope: "gateway",
        window: "day",
        limitMicroUsd: dollar,
        resetsAtMs: Date.UTC(2026, 0, 2),
      };
      const second = {
        scope: "tenant",
        window: "month",
        limitMicroUsd: 2 * dollar,
        resetsAtMs: Date.UTC(2026, 1, 1),
      };
      assert.deepEqual(reservation.balances?.before, [
        { ...first, usedMicroUsd: 100_000, reservedMicroUsd: 200_000 },
        { ...second, usedMicroUsd: 0, reservedMicroUsd: 200_000 },
      ]);
      await reservation.settle(50_000);
      assert.deepEqual(reservation.balances.after, [
        { ...first, usedMicroUsd: 150_000, reservedMicroUsd: 200_000 },
        { ...second, usedMicroUsd: 50_000, reservedMicroUsd: 200_000 },
      ]);
    },
  },
  {
    name: "changed caps apply at once and reset nothing",
    async run(create) {
      const { reserve, spend, figures, setCaps } = await budgetSubject(create, { gateway: { dailyUsd: 1 } });
      await spend(600_000);
      const running = granted(await reserve(400_000));
      refused(await reserve(1));
      setCaps({ gateway: { dailyUsd: 2 } });
      assert.deepEqual(await figures(), { used: 600_000, reserved: 400_000 });
      await spend(dollar);
      setCaps({ gateway: { dailyUsd: 0.5, onExceeded: "reject" } });
      const verdict = await reserve(0);
      assert.equal(refused(verdict).limitMicroUsd, 500_000);
      assert.equal(verdict.granted || verdict.onExceeded, "reject");
      await running.settle(300_000);
      assert.deepEqual(await figures(), { used: 1_900_000, reserved: 0 });
      setCaps({});
      granted(await reserve(far));
      setCaps({ gateway: { dailyUsd: 2 } });
      assert.equal(refused(await reserve(100_001)).usedMicroUsd, 1_900_000);
      granted(await reserve(100_000));
    },
  },
  {
    name: "a changed cap of a rolling window resets nothing",
    async run(create) {
      const { clock, reserve, spend, setCaps } = await budgetSubject(create, { gateway: { rollingUsd: 1 } });
      await spend(dollar);
      await clock.advance(day / 2);
      setCaps({ gateway: { rollingUsd: 1.5 } });
      assert.equal(refused(await reserve(500_001)).usedMicroUsd, dollar);
      granted(await reserve(500_000));
    },
  },
  {
    name: "without caps a change takes back those it was made with",
    async run(create) {
      const { reserve, setCaps } = await budgetSubject(create, { gateway: { dailyUsd: 2 } });
      setCaps({ gateway: { dailyUsd: 1 } });
      granted(await reserve(dollar));
      refused(await reserve(1));
      setCaps(undefined);
      granted(await reserve(dollar));
      assert.equal(refused(await reserve(1)).limitMicroUsd, 2 * dollar);
    },
  },
  {
    name: "caps that make no sense are refused, and the old ones stay",
    async run(create) {
      const { reserve, setCaps } = await budgetSubject(create, { gateway: { dailyUsd: 1 } });
      assert.throws(() => setCaps({ gateway: { dailyUsd: 5 }, timeZone: "Mars/Olympus" }), {
        code: "invalid_config",
      });
      refused(await reserve(dollar + 1));
      granted(await reserve(dollar));
    },
  },
];
