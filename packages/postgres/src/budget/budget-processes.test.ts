import { describe, expect, it, onTestFinished, vi } from "vitest";
import { testDatabase } from "../test-database.test-support.js";
import { testProgram } from "../test-program.test-support.js";
import { postgresBudget } from "./postgres-budget.js";

const database = testDatabase();
const caller = { tenantId: "acme", userId: "ada" };
const dollar = 1_000_000;

async function subject(options: Partial<Parameters<typeof postgresBudget>[0]> = {}) {
  const { pool } = database;
  const schema = await database.freshSchema();
  const budget = postgresBudget({
    ...{ pool, schema, timeoutMs: 30_000, gateway: { dailyUsd: 1 } },
    ...options,
  });
  return { budget, schema, url: database.url };
}

describe("several processes", () => {
  const program = testProgram(`
    import { postgresBudget } from "./budget/postgres-budget.ts";
    const { schema, calls, microUsd, used, leaseMs } = settings;
    const budget = postgresBudget({
      pool, schema, leaseMs, timeoutMs: 60_000, gateway: { dailyUsd: 1 }, user: { monthlyUsd: 5 }, tenant: { rollingUsd: 3 },
    });
    const caller = { tenantId: "acme", userId: "ada" };
    await pool.query("select 1");
    print("ready");
    process.stdin.once("data", async () => {
      const reserve = () => budget.reserve({ task: "chat", caller, microUsd });
      const verdicts = await Promise.all(Array.from({ length: calls }, reserve));
      const granted = verdicts.filter((verdict) => verdict.granted);
      print("granted " + granted.length);
      if (used === undefined) return; // holds on to it
      await Promise.all(granted.map(({ reservation }) => reservation.settle(used)));
      await budget.flush();
      await pool.end();
      process.stdin.destroy();
    });
  `);

  it("1,000 calls of four at once on a cap that pays for 10 admit 10", { timeout: 180_000 }, async () => {
    const { budget, schema, url } = await subject();
    const settings = { schema, url, calls: 250, microUsd: dollar / 10, used: dollar / 10 };
    const processes = Array.from({ length: 4 }, () => program.start(settings));
    await Promise.all(processes.map((each) => each.printed("ready")));
    for (const { child } of processes) child.stdin?.write("go\n");
    const granted = await Promise.all(
      processes.map(async (each) => Number((await each.done())[1]?.split(" ")[1])),
    );
    expect(granted.reduce((sum, count) => sum + count)).toBe(10);
    expect(await budget.usage()).toMatchObject([{ usedMicroUsd: dollar, reservedMicroUsd: 0 }]);
  });

  it("one that is killed gives back what it held when its lease ends", { timeout: 120_000 }, async () => {
    const { budget, schema, url } = await subject();
    const process = program.start({ schema, url, calls: 3, microUsd: 300_000, leaseMs: 2_500 });
    await process.printed("ready");
    process.child.stdin?.write("go\n");
    expect(await process.printed("granted")).toBe("granted 3");
    process.child.kill("SIGKILL");
    const reserve = () => budget.reserve({ task: "chat", caller, microUsd: dollar });
    expect(await reserve()).toMatchObject({
      granted: false,
      exceeded: { reservedMicroUsd: 900_000, usedMicroUsd: 0 },
    });
    await expect.poll(async () => (await reserve()).granted, { timeout: 20_000, interval: 100 }).toBe(true);
    expect(await budget.usage()).toMatchObject([{ reservedMicroUsd: dollar, usedMicroUsd: 0 }]);
  });
});

describe("postgresBudget", () => {
  it("finds windows by the server's time, whatever the host's clock shows", async () => {
    const { budget } = await subject();
    const { day } = await database.row("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day");
    const clock = vi.spyOn(Date, "now").mockReturnValue(Date.UTC(2001, 0, 1));
    onTestFinished(() => clock.mockRestore());
    expect(await budget.usage()).toMatchObject([{ windowId: day }]);
  });

  it("asks nothing where there are no caps", async () => {
    const connect = () => Promise.reject(new Error("must not be asked"));
    const budget = postgresBudget({ pool: { connect }, gateway: {} });
    const verdict = await budget.reserve({ task: "chat", caller, microUsd: dollar });
    if (!verdict.granted) throw new Error("expected a grant");
    expect(await verdict.reservation.extend(dollar)).toBeUndefined();
    await verdict.reservation.settle(1);
    expect(await budget.usage()).toEqual([]);
  });

  it("counts what others spent in a later step while it waited", { timeout: 60_000 }, async () => {
    const { budget, schema } = await subject({ gateway: { rollingUsd: 1, rollingMs: 24_000 } });
    await budget.reserve({ task: "chat", caller, microUsd: 0 }); // makes the account
    const client = await database.pool.connect();
    onTestFinished(() => client.release(true));
    await client.query("begin");
    await client.query(`update "${schema}".ai_budget_accounts set touched_at = now()`);
    const waiting = budget.reserve({ task: "chat", caller, microUsd: 600_000 });
    await database.pool.query("select pg_sleep(1.2)"); // a step is a second long
    const inTransaction = {
      query: (text: string, values?: unknown[]) => client.query(text, values),
      release: () => {},
      on: () => client,
    };
    const pool = { connect: async () => inTransaction };
    const other = postgresBudget({ pool, schema, gateway: { rollingUsd: 1, rollingMs: 24_000 } });
    expect((await other.reserve({ task: "chat", caller, microUsd: 600_000 })).granted).toBe(true);
    await client.query("commit");
    expect(await waiting).toMatchObject({ granted: false, exceeded: { reservedMicroUsd: 600_000 } });
  });

  it("keeps callers with long ids apart", async () => {
    const { budget } = await subject({ gateway: {}, user: { dailyUsd: 1 } });
    const long = "x".repeat(20_000);
    for (const userId of [`${long}1`, `${long}2`]) {
      const spend = () => budget.reserve({ task: "chat", caller: { userId }, microUsd: dollar });
      expect((await spend()).granted).toBe(true);
      expect((await spend()).granted).toBe(false);
    }
  });

  it("keeps what was spent when caps change", async () => {
    const { budget } = await subject();
    const verdict = await budget.reserve({ task: "chat", caller, microUsd: 400_000 });
    if (verdict.granted) await verdict.reservation.settle(400_000);
    budget.setCaps({ gateway: { dailyUsd: 0.3, monthlyUsd: 9 } });
    expect(await budget.usage()).toMatchObject([
      { window: "day", limitMicroUsd: 300_000, usedMicroUsd: 400_000 },
      { window: "month", limitMicroUsd: 9_000_000, usedMicroUsd: 0 },
    ]);
    expect(() => budget.setCaps({ gateway: { dailyUsd: -1 } })).toThrow("gateway.dailyUsd");
    expect(await budget.reserve({ task: "chat", caller, microUsd: 1 })).toMatchObject({ granted: false });
  });

  /** A pool that can lose the answer to its next statement: it is done, and nobody hears of it. */
  function forgetfulPool() {
    let isLost = false;
    const connect = async () => {
      const client = await database.pool.connect();
      if (!isLost) return client;
      isLost = false;
      const query = async (text: string, values?: unknown[]) => {
        await client.query(text, values);
        throw Object.assign(new Error("the connection broke"), { code: "ECONNRESET" });
      };
      return { query, release: () => client.release(), on: () => client };
    };
    const loseAnswer = () => {
      isLost = true;
    };
    return { pool: { connect }, loseAnswer };
  }

  it("gives back what was set aside for a call that never heard of it", async () => {
    const { pool, loseAnswer } = forgetfulPool();
    const { budget } = await subject({ pool });
    await budget.usage(); // asks for the time, too
    loseAnswer();
    await expect(budget.reserve({ task: "chat", caller, microUsd: 900_000 })).rejects.toMatchObject({
      code: "store_unavailable",
    });
    await expect.poll(() => budget.pending).toBe(0);
    expect(await budget.usage()).toMatchObject([{ usedMicroUsd: 0, reservedMicroUsd: 0 }]);
  });

  it("tells an alert that its first settle never heard of", async () => {
    const alerts: number[] = [];
    const { pool, loseAnswer } = forgetfulPool();
    const onAlert = ({ usedMicroUsd }: { usedMicroUsd: number }) => void alerts.push(usedMicroUsd);
    const { budget } = await subject({ pool, onAlert });
    const verdict = await budget.reserve({ task: "chat", caller, microUsd: 900_000 });
    if (!verdict.granted) throw new Error("expected a grant");
    loseAnswer();
    await verdict.reservation.settle(850_000);
    await expect.poll(() => budget.pending).toBe(0);
    expect(alerts).toEqual([850_000]);
    expect(await budget.usage()).toMatchObject([{ usedMicroUsd: 850_000, reservedMicroUsd: 0 }]);
  });

  it("drops old rows, and none that counts", async () => {
    const { budget, schema } = await subject();
    for (const used of [100, 200]) {
      const verdict = await budget.reserve({ task: "chat", caller, microUsd: 1_000 });
      if (verdict.granted) await verdict.reservation.settle(used);
    }
    await budget.reserve({ task: "chat", caller, microUsd: 5_000 });
    const count = async (table: string) =>
      (await database.pool.query(`select count(*)::int as count from "${schema}".ai_budget_${table}`)).rows[0]
        .count;
    const prune = (days: number) =>
      database.pool.query(`select "${schema}".ai_budget_prune($1, 1000)`, [Date.now() + days * 86_400_000]);
    await prune(0);
    expect([await count("balances"), await count("reservations"), await count("settlements")]).toEqual([
      1, 1, 2,
    ]);
    await prune(1);
    expect([await count("balances"), await count("reservations"), await count("settlements")]).toEqual([
      1, 0, 0,
    ]);
    await prune(40);
    expect([await count("balances"), await count("accounts")]).toEqual([0, 1]); // in use until yesterday at least
  });
});
