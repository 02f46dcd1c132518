import { accountsOf, resolveBudgetOptions } from "@levqor/core/stores";
import { describe, expect, it } from "vitest";
import { database } from "../database.js";
import { testDatabase } from "../test-database.test-support.js";
import { bookedCaps } from "./booked-caps.js";
import { budgetTables } from "./budget-tables.js";

const test = testDatabase();

async function subject() {
  const tables = budgetTables(database({ pool: test.pool, schema: await test.freshSchema() }), undefined);
  const options = resolveBudgetOptions({ gateway: { dailyUsd: 1 } });
  const caps = bookedCaps(accountsOf(options, {}), options.findWindow, await tables.now());
  const id = crypto.randomUUID();
  const hold = (microUsd: number) =>
    tables.hold({ id, microUsd, heldMicroUsd: 0, degraded: false, leaseMs: 60_000, caps });
  const settle = (microUsd: number) => tables.settle({ id, microUsd, caps, alertAt: 0.5 });
  return { tables, caps, hold, settle };
}

describe("budgetTables", () => {
  it("sets nothing aside for a reservation that was given up before its statement ran", async () => {
    const { tables, caps, hold, settle } = await subject();
    await settle(0);
    expect(await hold(400_000)).toMatchObject({ outcome: "settled" });
    expect(await tables.figures(caps)).toEqual([{ used: 0, reserved: 0, oldest: null }]);
  });

  it("charges once, whatever a repeated settle says, and tells its alert each time", async () => {
    const { tables, caps, hold, settle } = await subject();
    await hold(900_000);
    const answers = await Promise.all([settle(700_000), settle(700_000), settle(700_000)]);
    expect(answers.map(({ alerts }) => alerts)).toEqual([[0], [0], [0]]);
    expect((await settle(5)).figures).toEqual([expect.objectContaining({ used: 700_000, reserved: 0 })]);
    expect(await tables.figures(caps)).toEqual([{ used: 700_000, reserved: 0, oldest: 0 }]);
  });

  it("charges a reservation that it never heard of", async () => {
    const { settle } = await subject();
    expect((await settle(300_000)).figures).toEqual([
      expect.objectContaining({ used: 300_000, reserved: 0 }),
    ]);
  });

  it("learns the server's time", async () => {
    const { tables } = await subject();
    const { ms } = await test.row("select extract(epoch from clock_timestamp()) * 1000 as ms");
    expect(Math.abs((await tables.now()) - Number(ms))).toBeLessThan(5_000);
  });
});
