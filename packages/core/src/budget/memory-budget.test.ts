import { describe, expect, it, vi } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { manualClock } from "../testing/manual-clock.js";
import { budgetContract } from "./budget-contract.js";
import type { BudgetAlert } from "./budget-options.js";
import { type MemoryBudget, memoryBudget } from "./memory-budget.js";

describe("contract", () => {
  for (const { name, run } of budgetContract) it(name, () => run(memoryBudget));
});

const clock = () => manualClock(Date.UTC(2026, 0, 1, 10));

function spend(budget: MemoryBudget, microUsd: number, caller = {}): void {
  const verdict = budget.reserve({ task: "chat", caller, microUsd });
  if (!verdict.granted) throw new Error(`refused by ${verdict.exceeded.scope}`);
  void verdict.reservation.settle(microUsd);
}

it("allows $20 a day and $500 a month for the whole gateway, and nothing else, by default", () => {
  expect(
    memoryBudget({ clock: clock() }).usage({ task: "chat", caller: { tenantId: "t", userId: "u" } }),
  ).toEqual([
    {
      scope: "gateway",
      window: "day",
      windowId: "2026-01-01",
      limitMicroUsd: 20_000_000,
      usedMicroUsd: 0,
      reservedMicroUsd: 0,
      resetsAtMs: Date.UTC(2026, 0, 2),
    },
    {
      scope: "gateway",
      window: "month",
      windowId: "2026-01",
      limitMicroUsd: 500_000_000,
      usedMicroUsd: 0,
      reservedMicroUsd: 0,
      resetsAtMs: Date.UTC(2026, 1, 1),
    },
  ]);
});

it("usage tells what is spent and set aside for the asked caller and task", () => {
  const budget = memoryBudget({
    tenant: { dailyUsd: 1 },
    task: { chat: { monthlyUsd: 2 } },
    gateway: {},
    clock: clock(),
  });
  spend(budget, 300_000, { tenantId: "t" });
  budget.reserve({ task: "chat", caller: { tenantId: "t" }, microUsd: 200_000 });
  expect(budget.usage({ task: "chat", caller: { tenantId: "t" } })).toMatchObject([
    { scope: "tenant", usedMicroUsd: 300_000, reservedMicroUsd: 200_000 },
    { scope: "task", usedMicroUsd: 300_000, reservedMicroUsd: 200_000 },
  ]);
  expect(budget.usage({ caller: { tenantId: "other" } })).toMatchObject([
    { usedMicroUsd: 0, reservedMicroUsd: 0 },
  ]);
  expect(budget.usage()).toEqual([]);
});

describe("alerts", () => {
  it("come once for each cap and window, when settled spending reaches 80 %", async () => {
    const time = clock();
    const alerts: BudgetAlert[] = [];
    const onAlert = (alert: BudgetAlert) => void alerts.push(alert);
    const budget = memoryBudget({ gateway: {}, tenant: { dailyUsd: 1 }, onAlert, clock: time });
    spend(budget, 799_999, { tenantId: "t" });
    expect(alerts).toEqual([]);
    spend(budget, 1, { tenantId: "t" });
    spend(budget, 100_000, { tenantId: "t" });
    expect(alerts).toMatchObject([
      {
        scope: "tenant",
        tenantId: "t",
        window: "day",
        windowId: "2026-01-01",
        limitMicroUsd: 1_000_000,
        usedMicroUsd: 800_000,
      },
    ]);
    await time.advance(86_400_000);
    spend(budget, 900_000, { tenantId: "t" });
    expect(alerts.map(({ windowId }) => windowId)).toEqual(["2026-01-01", "2026-01-02"]);
  });

  it("that throw or reject do not reach the call", async () => {
    const onAlert = vi
      .fn<() => Promise<void>>()
      .mockImplementationOnce(() => {
        throw new Error("pager is down");
      })
      .mockRejectedValueOnce(new Error("pager is down"));
    const budget = memoryBudget({
      gateway: { dailyUsd: 1, monthlyUsd: 1 },
      onAlert,
      alertAt: 0.5,
      clock: clock(),
    });
    spend(budget, 600_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(onAlert).toHaveBeenCalledTimes(2);
    expect(budget.usage()).toMatchObject([{ usedMicroUsd: 600_000 }, { usedMicroUsd: 600_000 }]);
  });
});

it("a lease runs by monotonic time", async () => {
  const time = clock();
  let jumpMs = 0;
  const budget = memoryBudget({
    gateway: { monthlyUsd: 1 },
    clock: { ...time, now: () => time.now() + jumpMs },
  });
  budget.reserve({ task: "chat", caller: {}, microUsd: 1_000_000 });
  jumpMs = 3_600_000;
  expect(budget.usage()).toMatchObject([{ reservedMicroUsd: 1_000_000 }]);
  await time.advance(600_000);
  expect(budget.usage()).toMatchObject([{ reservedMicroUsd: 0 }]);
});

it("refuses to extend what is settled", () => {
  const verdict = memoryBudget({ clock: clock() }).reserve({ task: "chat", caller: {}, microUsd: 1 });
  if (!verdict.granted) throw new Error("refused");
  void verdict.reservation.settle(1);
  expect(() => verdict.reservation.extend(1)).toThrowError(
    expect.toSatisfy((error) => isGatewayError(error, "internal")),
  );
});

it("lists every bad option at once", () => {
  const create = () =>
    memoryBudget({
      gateway: { dailyUsd: Number.NaN, monthlyUsd: -1 },
      tenant: { dailyUsd: Number.POSITIVE_INFINITY },
      // @ts-expect-error a misspelt cap
      user: { dailyUSD: 1, rollingMs: 1_000 },
      // @ts-expect-error a cap without its window
      task: { chat: { monthlyUsd: 1e12 }, debug: 5 },
      // @ts-expect-error neither a word nor a target
      onExceeded: { degrade: "small" },
      timeZone: "Mars/Olympus",
      alertAt: 0,
      leaseMs: 0,
    });
  expect(create).toThrowError(
    expect.toSatisfy(
      (error) => isGatewayError(error, "invalid_config") && error.details.problems.length === 11,
    ),
  );
});
