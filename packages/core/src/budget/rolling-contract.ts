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

const hour = 3_600_000;
const day = 24 * hour;
/** A dollar in any 24 hours, counted by the hour; calls may run for days. */
const dollarADay = { gateway: { rollingUsd: 1 }, leaseMs: 10 * day };

/** Rolling windows: nothing leaves them early, and everything at most a step late. */
export const rollingContract: readonly ContractCase<CreateBudget>[] = [
  {
    name: "what was spent leaves a rolling window after its length, at most a step late, as the refusal said",
    async run(create) {
      const { clock, reserve, spend } = await budgetSubject(create, dollarADay);
      await clock.advance(hour / 2);
      await spend(dollar);
      const opensAtMs = morning + day + hour;
      assert.deepEqual(refused(await reserve(1)), {
        scope: "gateway",
        window: "rolling",
        limitMicroUsd: dollar,
        usedMicroUsd: dollar,
        reservedMicroUsd: 0,
        resetsAtMs: opensAtMs,
      });
      await clock.advance(opensAtMs - clock.now() - 1);
      refused(await reserve(1));
      await clock.advance(1);
      granted(await reserve(dollar));
      refused(await reserve(1));
    },
  },
  {
    name: "a midnight opens no rolling window",
    async run(create) {
      const { clock, reserve, spend } = await budgetSubject(create, dollarADay);
      await clock.advance(13 * hour);
      await spend(dollar);
      await clock.advance(2 * hour);
      refused(await reserve(1));
    },
  },
  {
    name: "spending leaves a rolling window in the order it came",
    async run(create) {
      const { clock, reserve, spend, figures } = await budgetSubject(create, dollarADay);
      await spend(600_000);
      await clock.advance(5 * hour);
      await spend(400_000);
      assert.equal(refused(await reserve(1)).resetsAtMs, morning + day + hour);
      await clock.advance(day - 4 * hour);
      assert.deepEqual(await figures(), { used: 400_000, reserved: 0 });
      assert.equal(refused(await reserve(600_001)).resetsAtMs, morning + day + 6 * hour);
      granted(await reserve(600_000));
    },
  },
  {
    name: "in any stretch of a rolling window no more is reserved than the cap, however the calls fall",
    async run(create) {
      const windowMs = 240_000;
      const { clock, reserve } = await budgetSubject(create, {
        gateway: { rollingUsd: 1, rollingMs: windowMs },
        leaseMs: day,
      });
      const calls: { readonly atMs: number; readonly used: number }[] = [];
      for (let step = 0; step < 150; step += 1) {
        const verdict = await reserve(((step * 7_919) % 300_000) + 1);
        if (verdict.granted) {
          const used = (step * 104_729) % 200_000;
          calls.push({ atMs: clock.now(), used: Math.min(used, (step * 7_919) % 300_000) });
          await verdict.reservation.settle(calls.at(-1)?.used ?? 0);
        }
        await clock.advance((step * 4_001) % 20_000);
      }
      assert(calls.length > 50, "the budget stays shut");
      for (const { atMs: start } of calls) {
        const inWindow = calls.filter(({ atMs }) => atMs >= start && atMs < start + windowMs);
        const total = inWindow.reduce((sum, { used }) => sum + used, 0);
        assert(total <= dollar, `${total} micro-dollars in one window`);
      }
    },
  },
  {
    name: "money set aside in an earlier step counts, and is charged and given back there",
    async run(create) {
      const { clock, reserve, figures } = await budgetSubject(create, dollarADay);
      const reservation = granted(await reserve(700_000));
      await clock.advance(3 * hour);
      assert.deepEqual(await figures(), { used: 0, reserved: 700_000 });
      refused(await reserve(300_001));
      await reservation.settle(200_000);
      await reservation.settle(200_000);
      assert.deepEqual(await figures(), { used: 200_000, reserved: 0 });
    },
  },
  {
    name: "more money for a call in a rolling window is checked against what came since it began",
    async run(create) {
      const { clock, reserve, spend, figures } = await budgetSubject(create, dollarADay);
      const early = granted(await reserve(300_000));
      await clock.advance(5 * hour);
      await spend(500_000);
      assert.equal((await early.extend(200_001))?.window, "rolling");
      assert.deepEqual(await figures(), { used: 500_000, reserved: 300_000 });
      assert.equal(await early.extend(200_000), undefined);
      assert.deepEqual(await figures(), { used: 500_000, reserved: 500_000 });
      await early.settle(100_000);
      assert.deepEqual(await figures(), { used: 600_000, reserved: 0 });
    },
  },
  {
    name: "a reservation in a rolling window is freed when its lease ends, also after an extend in a later step",
    async run(create) {
      const { clock, reserve, figures } = await budgetSubject(create, { ...dollarADay, leaseMs: 2 * hour });
      const reservation = granted(await reserve(300_000));
      await clock.advance(90 * 60_000);
      assert.equal(await reservation.extend(100_000), undefined);
      await clock.advance(2 * hour - 1);
      assert.deepEqual(await figures(), { used: 0, reserved: 400_000 });
      await clock.advance(1);
      assert.deepEqual(await figures(), { used: 0, reserved: 0 });
      await reservation.settle(250_000);
      assert.deepEqual(await figures(), { used: 250_000, reserved: 0 });
    },
  },
  {
    name: "500 parallel reserves on a rolling cap that pays for 10 admit 10",
    async run(create) {
      const { reserve, figures } = await budgetSubject(create, dollarADay);
      const verdicts = await Promise.all(Array.from({ length: 500 }, () => reserve(dollar / 10)));
      const reservations = verdicts.flatMap((verdict) => (verdict.granted ? [verdict.reservation] : []));
      assert.equal(reservations.length, 10);
      await Promise.all(reservations.map((reservation) => reservation.settle(3)));
      assert.deepEqual(await figures(), { used: 30, reserved: 0 });
    },
  },
  {
    name: "of a day and a rolling window in the way names the one that opens last",
    async run(create) {
      const { clock, reserve, spend } = await budgetSubject(create, {
        gateway: { dailyUsd: 1, rollingUsd: 1, rollingMs: day / 2 },
      });
      await spend(dollar);
      assert.equal(refused(await reserve(1)).window, "day");
      await clock.advance(day + 10 * hour);
      await spend(dollar);
      assert.equal(refused(await reserve(1)).window, "rolling");
    },
  },
];
