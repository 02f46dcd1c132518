import { expect, it } from "vitest";
import { budgetWindows } from "./budget-window.js";
import { type MemoryLedger, memoryLedger } from "./memory-ledger.js";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const findWindow = budgetWindows("UTC");
const tenant = (tenantId: string) => ({
  scope: "tenant" as const,
  window: "day" as const,
  spanMs: 0,
  limitMicroUsd: 100,
  onExceeded: "local" as const,
  tenantId,
  key: tenantId,
});
const open = (ledger: MemoryLedger, tenantId: string, nowMs: number) =>
  ledger.open(tenant(tenantId), findWindow(tenant(tenantId), nowMs));

it("remembers only accounts with money in them", () => {
  const ledger = memoryLedger();
  for (let index = 0; index < 1_000; index += 1) {
    const booking = open(ledger, `t${index}`, start);
    booking.add({ usedMicroUsd: 0, reservedMicroUsd: 5 });
    booking.add({ usedMicroUsd: index === 7 ? 5 : 0, reservedMicroUsd: -5 });
  }
  expect(ledger.size).toBe(1);
});

it("forgets a window once three later ones were opened", () => {
  const ledger = memoryLedger();
  for (let offset = 0; offset < 30; offset += 1) {
    open(ledger, "t", start + offset * day).add({ usedMicroUsd: 1, reservedMicroUsd: 0 });
  }
  expect(ledger.size).toBe(3);
});

it("charges an emptied account where others find it again", () => {
  const ledger = memoryLedger();
  const late = open(ledger, "t", start);
  late.add({ usedMicroUsd: 0, reservedMicroUsd: 5 });
  late.add({ usedMicroUsd: 0, reservedMicroUsd: -5 });
  open(ledger, "t", start).add({ usedMicroUsd: 2, reservedMicroUsd: 0 });
  late.add({ usedMicroUsd: 3, reservedMicroUsd: 0 });
  expect(open(ledger, "t", start).balance()).toEqual({ usedMicroUsd: 5, reservedMicroUsd: 0 });
});

it("forgets the steps of a rolling window that count no more", () => {
  const ledger = memoryLedger();
  const rolling = { ...tenant("t"), window: "rolling" as const, spanMs: day };
  for (let hour = 0; hour < 500; hour += 1) {
    const booking = ledger.open(rolling, findWindow(rolling, start + (hour * day) / 24));
    booking.add({ usedMicroUsd: 1, reservedMicroUsd: 0 });
    expect(booking.balance().usedMicroUsd).toBe(Math.min(hour + 1, 25));
  }
  expect(ledger.size).toBe(27);
});
