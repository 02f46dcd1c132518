import assert from "node:assert/strict";
import {
  budgetSubject,
  type CreateBudget,
  dollar,
  granted,
  morning,
  refused,
} from "../testing/budget-subject.js";
import type { ContractCase } from "../testing/contract-case.js";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";

const day = 86_400_000;

/** Fills a cap of $1, checks when it opens, and that it opens then and not a millisecond earlier. */
function opensAt(
  name: string,
  times: { startMs: number; opensAtMs: number; timeZone?: string; monthly?: boolean },
) {
  const { startMs, opensAtMs, timeZone, monthly = false } = times;
  return {
    name,
    async run(create: CreateBudget) {
      const clock = manualClock(startMs);
      const gateway = monthly ? { monthlyUsd: 1 } : { dailyUsd: 1 };
      const { reserve, spend } = await budgetSubject(create, { gateway, timeZone, clock });
      await spend(dollar);
      assert.equal(
        new Date(refused(await reserve(1)).resetsAtMs).toISOString(),
        new Date(opensAtMs).toISOString(),
      );
      await clock.advance(opensAtMs - startMs - 1);
      refused(await reserve(1));
      await clock.advance(1);
      granted(await reserve(dollar));
      refused(await reserve(1));
    },
  };
}

/** Days and months: when they end, and where a charge belongs. */
export const windowContract: readonly ContractCase<CreateBudget>[] = [
  opensAt("a day ends at midnight UTC", { startMs: morning, opensAtMs: Date.UTC(2026, 0, 2) }),
  opensAt("a month ends at its last midnight UTC", {
    startMs: Date.UTC(2028, 1, 28, 23, 59),
    opensAtMs: Date.UTC(2028, 2, 1),
    monthly: true,
  }),
  opensAt("a day ends at midnight of the given zone", {
    startMs: morning,
    opensAtMs: Date.UTC(2026, 0, 1, 18, 30),
    timeZone: "Asia/Kolkata",
  }),
  opensAt("a month ends at midnight of the given zone, in the year there", {
    startMs: Date.UTC(2027, 0, 1, 4, 59),
    opensAtMs: Date.UTC(2027, 0, 1, 5),
    timeZone: "America/New_York",
    monthly: true,
  }),
  opensAt("a day on which clocks go forward has 23 hours", {
    startMs: Date.UTC(2026, 2, 28, 23),
    opensAtMs: Date.UTC(2026, 2, 29, 22),
    timeZone: "Europe/Berlin",
  }),
  opensAt("a day on which clocks go back has 25 hours", {
    startMs: Date.UTC(2026, 9, 24, 22),
    opensAtMs: Date.UTC(2026, 9, 25, 23),
    timeZone: "Europe/Berlin",
  }),
  opensAt("a day begins at 01:00 where clocks go forward at midnight", {
    startMs: Date.UTC(2026, 3, 23, 12),
    opensAtMs: Date.UTC(2026, 3, 23, 22),
    timeZone: "Africa/Cairo",
  }),
  {
    name: "what was reserved before midnight is charged to the day before, also when it is extended after",
    async run(create) {
      const clock = manualClock(Date.UTC(2026, 0, 1, 23, 59));
      const { reserve, figures } = await budgetSubject(create, { gateway: { dailyUsd: 1 }, clock });
      const late = granted(await reserve(500_000));
      await clock.advance(120_000);
      assert.deepEqual(await figures(), { used: 0, reserved: 0 });
      assert.equal(await late.extend(400_000), undefined);
      assert.equal((await late.extend(200_000))?.resetsAtMs, Date.UTC(2026, 0, 2));
      await late.settle(900_000);
      assert.deepEqual(await figures(), { used: 0, reserved: 0 });
    },
  },
  {
    name: "a day's midnight leaves the month's spending alone",
    async run(create) {
      const { clock, reserve, spend } = await budgetSubject(create, {
        gateway: { dailyUsd: 1, monthlyUsd: 1.5 },
      });
      await spend(dollar);
      await clock.advance(day);
      await spend(0.5 * dollar);
      assert.equal(refused(await reserve(1)).usedMicroUsd, 1.5 * dollar);
    },
  },
  {
    name: "a wall clock that is set back over midnight resets nothing twice",
    async run(create) {
      const real = manualClock(Date.UTC(2026, 0, 1, 23, 59, 59));
      let shiftMs = 0;
      const clock: ManualClock = { ...real, now: () => real.now() + shiftMs };
      const { reserve, spend } = await budgetSubject(create, { gateway: { dailyUsd: 1 }, clock });
      await spend(dollar);
      shiftMs = 2_000;
      await spend(dollar);
      for (shiftMs of [0, 2_000, 500, 3_000]) refused(await reserve(1));
    },
  },
];
