import assert from "node:assert/strict";
import { budgetSubject, type CreateBudget, dollar, granted, refused } from "../testing/budget-subject.js";
import type { ContractCase } from "../testing/contract-case.js";
import type { BudgetVerdict, OnExceeded } from "./budget.js";

const small = { degradeTo: "small", extraUsd: 0.5 };
const degraded = true;

function answerAt(verdict: BudgetVerdict): OnExceeded {
  assert(!verdict.granted, "expected a refusal");
  return verdict.onExceeded;
}

/** What happens at a cap, and the money that only a cheaper target may use. */
export const degradeContract: readonly ContractCase<CreateBudget>[] = [
  {
    name: "each scope says what happens at its own cap",
    async run(create) {
      const { reserve } = await budgetSubject(create, {
        gateway: { dailyUsd: 5, onExceeded: "reject" },
        tenant: { dailyUsd: 3, onExceeded: small },
        user: { dailyUsd: 1 },
        task: { debug: { dailyUsd: 2, onExceeded: "reject" } },
      });
      assert.equal(answerAt(await reserve(6 * dollar)), "reject");
      assert.deepEqual(answerAt(await reserve(4 * dollar, { caller: { tenantId: "t" } })), small);
      assert.equal(answerAt(await reserve(2 * dollar, { caller: { userId: "u" } })), "local");
      assert.equal(answerAt(await reserve(3 * dollar, { task: "debug" })), "reject");
    },
  },
  {
    name: "of several caps in the way the one that opens last says what happens",
    async run(create) {
      const { reserve } = await budgetSubject(create, {
        gateway: { dailyUsd: 1, onExceeded: "reject" },
        tenant: { monthlyUsd: 1, onExceeded: small },
        user: { dailyUsd: 1, onExceeded: "local" },
      });
      const caller = { tenantId: "t", userId: "u" };
      assert.deepEqual(answerAt(await reserve(2 * dollar, { caller })), small);
    },
  },
  {
    name: "a cheaper target has the rest of the cap and its own extra, which no other call may use",
    async run(create) {
      const { reserve, spend, figures } = await budgetSubject(create, {
        gateway: { dailyUsd: 1, onExceeded: small },
      });
      await spend(0.9 * dollar);
      assert.deepEqual(answerAt(await reserve(200_000)), small);
      await spend(200_000, { degraded });
      assert.equal(refused(await reserve(0)).limitMicroUsd, dollar);
      await spend(300_000, { degraded });
      const exceeded = refused(await reserve(100_001, { degraded }));
      assert.equal(exceeded.limitMicroUsd, 1.5 * dollar);
      assert.equal(exceeded.usedMicroUsd, 1.4 * dollar);
      granted(await reserve(100_000, { degraded }));
      assert.deepEqual(await figures(), { used: 1.4 * dollar, reserved: 100_000 });
    },
  },
  {
    name: "100 parallel calls to a cheaper target on an extra that pays for 5 admit 5",
    async run(create) {
      const { reserve, spend } = await budgetSubject(create, { gateway: { dailyUsd: 1, onExceeded: small } });
      await spend(dollar);
      const verdicts = await Promise.all(
        Array.from({ length: 100 }, () => reserve(dollar / 10, { degraded })),
      );
      assert.equal(verdicts.filter((verdict) => verdict.granted).length, 5);
    },
  },
  {
    name: "an extra opens only the cap that names it",
    async run(create) {
      const { reserve, spend } = await budgetSubject(create, {
        gateway: { dailyUsd: 1.2 },
        tenant: { dailyUsd: 1, onExceeded: small },
      });
      const caller = { tenantId: "t" };
      await spend(1.1 * dollar, { caller, degraded });
      assert.equal(refused(await reserve(100_001, { caller, degraded })).scope, "gateway");
      granted(await reserve(100_000, { caller, degraded }));
    },
  },
  {
    name: "a cheaper target without an extra has the rest of the cap, and none of a cap of 0",
    async run(create) {
      const onExceeded = { degradeTo: "small" };
      const { reserve, spend } = await budgetSubject(create, {
        gateway: { dailyUsd: 1, onExceeded },
        task: { debug: { dailyUsd: 0, onExceeded } },
      });
      await spend(0.9 * dollar);
      refused(await reserve(100_001, { degraded }));
      granted(await reserve(100_000, { degraded }));
      refused(await reserve(0, { degraded, task: "debug" }));
    },
  },
  {
    name: "a cap of 0 with an extra is open to the cheaper target alone",
    async run(create) {
      const { reserve } = await budgetSubject(create, { gateway: { dailyUsd: 0, onExceeded: small } });
      refused(await reserve(0));
      granted(await reserve(500_000, { degraded }));
      refused(await reserve(1, { degraded }));
    },
  },
  {
    name: "a call to a cheaper target may extend into the extra, and no other call may",
    async run(create) {
      const { reserve } = await budgetSubject(create, { gateway: { dailyUsd: 1, onExceeded: small } });
      const cheap = granted(await reserve(400_000, { degraded }));
      const dear = granted(await reserve(500_000));
      assert.equal((await dear.extend(100_001))?.limitMicroUsd, dollar);
      assert.equal(await cheap.extend(600_000), undefined);
      assert.equal((await cheap.extend(1))?.limitMicroUsd, 1.5 * dollar);
    },
  },
];
