import { hmacAuditChain } from "@levqor/core/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { postgresAuditSink } from "./audit/postgres-audit-sink.js";
import { verifyAuditTable } from "./audit/verify-audit-table.js";
import { postgresBudget } from "./budget/postgres-budget.js";
import { postgresPolicyStore } from "./policy/postgres-policy-store.js";
import type { PostgresPool } from "./postgres-pool.js";
import { testDatabase } from "./test-database.test-support.js";

const database = testDatabase();
const caller = { tenantId: "acme", userId: "ada" };
const key = "a key for tests that is long enough";

/** A pool that notes with which codes statements fail. */
function noting(pool: PostgresPool): { readonly pool: PostgresPool; readonly codes: string[] } {
  const codes: string[] = [];
  const connect = async () => {
    const client = await pool.connect();
    return {
      release: (error?: Error | boolean) => client.release(error),
      on: () => client,
      query: (text: string, values?: unknown[]) =>
        client.query(text, values).catch((error) => {
          codes.push(error.code);
          throw error;
        }),
    };
  };
  return { pool: { connect }, codes };
}

async function subject(pool: PostgresPool, timeoutMs = 10_000) {
  const schema = await database.freshSchema();
  const budget = postgresBudget({
    ...{ pool, schema, timeoutMs },
    gateway: { dailyUsd: 1 },
    user: { dailyUsd: 1 },
  });
  const reserve = (microUsd: number) => budget.reserve({ task: "chat", caller, microUsd });
  const chain = hmacAuditChain({ key });
  const audit = postgresAuditSink({ pool, schema, timeoutMs, chain });
  return {
    ...{ budget, reserve, schema, audit },
    verify: () => verifyAuditTable(database.pool, { schema, key }),
  };
}

const record = (requestId: string) =>
  ({ time: new Date(0).toISOString(), request_id: requestId }) as Parameters<
    ReturnType<typeof postgresAuditSink>["write"]
  >[0];

describe.each(["serializable", "repeatable read"])("transactions that are %s by default", (isolation) => {
  it("collide and are tried again: the cap holds, the chain has one branch", {
    timeout: 120_000,
  }, async () => {
    const name = isolation.replace(" ", "\\ ");
    const options = `-c default_transaction_isolation=${name}`;
    const { pool, codes } = noting(database.connect({ options, max: 5 }));
    const { budget, reserve, audit, verify, schema } = await subject(pool, 30_000);
    const others = postgresAuditSink({ pool, schema, timeoutMs: 30_000, chain: hmacAuditChain({ key }) });
    const [verdicts] = await Promise.all([
      Promise.all(Array.from({ length: 40 }, () => reserve(100_000))),
      Promise.all(
        Array.from({ length: 10 }, (_, index) => [audit, others][index % 2]?.write(record(`${index}`))),
      ),
    ]);
    const reservations = verdicts.flatMap((verdict) => (verdict.granted ? [verdict.reservation] : []));
    expect(reservations).toHaveLength(10);
    await Promise.all(reservations.map((each) => each.settle(60_000)));
    await expect.poll(() => budget.pending, { timeout: 30_000 }).toBe(0);
    expect(await budget.usage()).toMatchObject([{ usedMicroUsd: 600_000, reservedMicroUsd: 0 }]);
    expect(await verify()).toMatchObject({ ok: true, records: 10 });
    expect(codes).toContain("40001");
  });
});

it("calls with any mix of caps never wait for each other in a circle", { timeout: 120_000 }, async () => {
  const { pool, codes } = noting(database.connect({ options: "-c deadlock_timeout=5ms" }));
  const schema = await database.freshSchema();
  const caps = { dailyUsd: 1_000, rollingUsd: 1_000 };
  const budget = postgresBudget({
    ...{ pool, schema, timeoutMs: 60_000, gateway: caps, tenant: caps, user: caps },
    task: { a: caps, b: caps, c: caps },
  });
  const calls = Array.from({ length: 200 }, async (_, index) => {
    const task = "abc"[index % 3] ?? "a";
    const one = { tenantId: `tenant${(index * 7) % 4}`, userId: `user${(index * 5) % 3}` };
    const verdict = await budget.reserve({ task, caller: one, microUsd: 1_000 });
    if (!verdict.granted) throw new Error("expected a grant");
    await verdict.reservation.extend(500);
    await verdict.reservation.settle(index);
  });
  await Promise.all([...calls, database.pool.query(`select "${schema}".ai_budget_prune(null, 100)`)]);
  expect(codes).toEqual([]);
  const sum = (200 * 199) / 2;
  expect(await budget.usage()).toMatchObject([
    { usedMicroUsd: sum, reservedMicroUsd: 0 },
    { usedMicroUsd: sum },
  ]);
});

it("a deadlock with somebody else's transaction is tried again", async () => {
  // The server looks for a circle once in a wait: after that time, by when the stranger must have closed it.
  const { pool, codes } = noting(database.connect({ options: "-c deadlock_timeout=2s" }));
  const { reserve, schema } = await subject(pool, 20_000);
  await reserve(1); // makes the accounts
  const stranger = await database.connect({ options: "-c deadlock_timeout=60s" }).connect();
  onTestFinished(() => stranger.release(true));
  const touch = (account: string) =>
    stranger.query(`update "${schema}".ai_budget_accounts set touched_at = now() where account like $1`, [
      account,
    ]);
  await stranger.query("begin");
  await touch('["user"%');
  const reserving = reserve(1);
  const waiting =
    "select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and query like $1";
  await expect
    .poll(async () => (await database.row(waiting, [`%"${schema}".ai_budget_hold%`]))["count"], {
      interval: 2,
    })
    .toBe(1);
  await touch('["gateway"%');
  await stranger.query("commit");
  expect((await reserving).granted).toBe(true);
  expect(codes).toEqual(["40P01"]);
});

describe("a table that somebody locks for long", () => {
  it.each(["ai_budget_accounts", "ai_budget_reservations"])(
    "%s: fails in time, and nothing happens later",
    async (table) => {
      const { budget, reserve, schema } = await subject(database.pool, 300);
      await reserve(100_000);
      const stranger = await database.pool.connect();
      await stranger.query("begin");
      await stranger.query(`lock table "${schema}".${table}`);
      const startMs = performance.now();
      await expect(reserve(50_000)).rejects.toMatchObject({ code: "store_unavailable" });
      expect(performance.now() - startMs).toBeLessThan(2_000);
      await stranger.query("commit");
      stranger.release();
      await expect.poll(() => budget.pending).toBe(0);
      expect(await budget.usage()).toMatchObject([{ reservedMicroUsd: 100_000 }]);
      expect((await reserve(50_000)).granted).toBe(true);
    },
  );

  it("ai_config: fails in time", async () => {
    const schema = await database.freshSchema();
    const store = postgresPolicyStore({ pool: database.pool, schema, timeoutMs: 300 });
    const stranger = await database.pool.connect();
    await stranger.query("begin");
    await stranger.query(`lock table "${schema}".ai_config`);
    await expect(store.read()).rejects.toMatchObject({ code: "store_unavailable" });
    await stranger.query("rollback");
    stranger.release();
    expect(await store.read()).toBeUndefined();
  });
});

describe("a pool whose connections are all taken", () => {
  it("fails in time, and leaks none that comes later", async () => {
    const pool = database.connect({ max: 2 });
    const { budget, reserve, audit } = await subject(pool, 200);
    const taken = [await pool.connect(), await pool.connect()];
    const startMs = performance.now();
    const outcomes = await Promise.allSettled([reserve(1), budget.usage(), audit.write(record("a"))]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(performance.now() - startMs).toBeLessThan(2_000);
    for (const client of taken) client.release();
    await expect.poll(() => pool.waitingCount).toBe(0);
    expect((await reserve(1)).granted).toBe(true);
    await audit.write(record("b"));
    expect(pool.idleCount).toBe(pool.totalCount);
    expect(await budget.usage()).toMatchObject([{ reservedMicroUsd: 1 }]);
  });
});

it("without the tables the error says what to do", async () => {
  const budget = postgresBudget({ pool: database.pool, schema: "no_such_schema" });
  await expect(budget.reserve({ task: "chat", caller, microUsd: 1 })).rejects.toThrow("run `migrate`");
});
