import assert from "node:assert/strict";
import { budgetSubject, type CreateBudget, dollar, granted, refused } from "../testing/budget-subject.js";
import type { ContractCase } from "../testing/contract-case.js";

const oneDollarForAMinute = { gateway: { dailyUsd: 1 }, leaseMs: 60_000 };

/** What becomes of a reservation: settled, extended, or left alone until its lease ends. */
export const settleContract: readonly ContractCase<CreateBudget>[] = [
  {
    name: "settle charges what was used, gives the rest back, and counts once",
    async run(create) {
      const { reserve, figures } = await budgetSubject(create, { gateway: { dailyUsd: 1 } });
      const reservation = granted(await reserve(900_000));
      assert.deepEqual(await figures(), { used: 0, reserved: 900_000 });
      await reservation.settle(123_456);
      await reservation.settle(500_000);
      await Promise.all([reservation.settle(0), reservation.settle(1)]);
      assert.deepEqual(await figures(), { used: 123_456, reserved: 0 });
    },
  },
  {
    name: "records the truth when more was used than reserved, also above the cap",
    async run(create) {
      const { reserve, figures } = await budgetSubject(create, { gateway: { dailyUsd: 1 } });
      await granted(await reserve(900_000)).settle(1_100_000);
      assert.deepEqual(await figures(), { used: 1_100_000, reserved: 0 });
      refused(await reserve(1));
    },
  },
  {
    name: "a settled figure that is no amount charges the whole reservation",
    async run(create) {
      for (const figure of [Number.NaN, -5]) {
        const { reserve, figures } = await budgetSubject(create, { gateway: { dailyUsd: 1 } });
        await granted(await reserve(400_000)).settle(figure);
        assert.deepEqual(await figures(), { used: 400_000, reserved: 0 });
      }
    },
  },
  {
    name: "extend sets more aside up to the cap; refused, it takes nothing and the reservation stays",
    async run(create) {
      const { reserve, figures } = await budgetSubject(create, { gateway: { dailyUsd: 1 } });
      const reservation = granted(await reserve(600_000));
      assert.equal(await reservation.extend(300_000), undefined);
      assert.equal((await reservation.extend(100_001))?.reservedMicroUsd, 900_000);
      assert.deepEqual(await figures(), { used: 0, reserved: 900_000 });
      assert.equal(await reservation.extend(100_000), undefined);
      await reservation.settle(950_000);
      assert.deepEqual(await figures(), { used: 950_000, reserved: 0 });
    },
  },
  {
    name: "20 parallel extends of one reservation take no more than the cap",
    async run(create) {
      const { reserve, figures } = await budgetSubject(create, { gateway: { dailyUsd: 1 } });
      const reservation = granted(await reserve(100_000));
      const answers = await Promise.all(Array.from({ length: 20 }, () => reservation.extend(100_000)));
      assert.equal(answers.filter((exceeded) => exceeded === undefined).length, 9);
      await reservation.settle(0);
      assert.deepEqual(await figures(), { used: 0, reserved: 0 });
    },
  },
  {
    name: "a reservation that is never settled is freed when its lease ends, and not before",
    async run(create) {
      const { clock, reserve, figures } = await budgetSubject(create, oneDollarForAMinute);
      granted(await reserve(dollar));
      await clock.advance(59_999);
      refused(await reserve(1));
      await clock.advance(1);
      assert.deepEqual(await figures(), { used: 0, reserved: 0 });
      granted(await reserve(dollar));
    },
  },
  {
    name: "a settle after the lease still charges, once, and frees nothing twice",
    async run(create) {
      const { clock, reserve, figures } = await budgetSubject(create, oneDollarForAMinute);
      const late = granted(await reserve(600_000));
      await clock.advance(60_000);
      granted(await reserve(300_000));
      await late.settle(500_000);
      await late.settle(500_000);
      assert.deepEqual(await figures(), { used: 500_000, reserved: 300_000 });
    },
  },
  {
    name: "an extend renews the lease of its reservation and of no other",
    async run(create) {
      const { clock, reserve, figures } = await budgetSubject(create, oneDollarForAMinute);
      const renewed = granted(await reserve(300_000));
      await clock.advance(10_000);
      granted(await reserve(200_000));
      await clock.advance(10_000);
      assert.equal(await renewed.extend(100_000), undefined);
      await clock.advance(50_000);
      assert.deepEqual(await figures(), { used: 0, reserved: 400_000 });
    },
  },
  {
    name: "an extend after the lease sets the whole amount aside again, or is refused",
    async run(create) {
      const { clock, reserve, figures } = await budgetSubject(create, oneDollarForAMinute);
      const late = granted(await reserve(600_000));
      await clock.advance(60_000);
      const other = granted(await reserve(350_000));
      assert.notEqual(await late.extend(100_000), undefined);
      await other.settle(0);
      assert.equal(await late.extend(100_000), undefined);
      assert.deepEqual(await figures(), { used: 0, reserved: 700_000 });
      await late.settle(0);
      assert.deepEqual(await figures(), { used: 0, reserved: 0 });
    },
  },
];
