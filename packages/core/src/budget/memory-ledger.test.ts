import { expect, it } from "vitest";
import { calendarWindows } from "./budget-window.js";
import { memoryLedger } from "./memory-ledger.js";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const tenant = (tenantId: string) => ({
  scope: "tenant" as const,
  window: "day" as const,
  limitMicroUsd: 100,
  tenantId,
  key: tenantId,
});

it("remembers only accounts with money in them", () => {
  const ledger = memoryLedger(calendarWindows("UTC"));
  for (let index = 0; index < 1_000; index += 1) {
    const booking = ledger.open(tenant(`t${index}`), start);
    booking.add({ usedMicroUsd: 0, reservedMicroUsd: 5 });
    booking.add({ usedMicroUsd: index === 7 ? 5 : 0, reservedMicroUsd: -5 });
  }
  expect(ledger.size).toBe(1);
});

it("forgets a window once three later ones were opened", () => {
  const ledger = memoryLedger(calendarWindows("UTC"));
  for (let offset = 0; offset < 30; offset += 1) {
    ledger.open(tenant("t"), start + offset * day).add({ usedMicroUsd: 1, reservedMicroUsd: 0 });
  }
  expect(ledger.size).toBe(3);
});

it("charges an emptied account where others find it again", () => {
  const ledger = memoryLedger(calendarWindows("UTC"));
  const late = ledger.open(tenant("t"), start);
  late.add({ usedMicroUsd: 0, reservedMicroUsd: 5 });
  late.add({ usedMicroUsd: 0, reservedMicroUsd: -5 });
  ledger.open(tenant("t"), start).add({ usedMicroUsd: 2, reservedMicroUsd: 0 });
  late.add({ usedMicroUsd: 3, reservedMicroUsd: 0 });
  expect(ledger.open(tenant("t"), start).balance()).toEqual({ usedMicroUsd: 5, reservedMicroUsd: 0 });
});
