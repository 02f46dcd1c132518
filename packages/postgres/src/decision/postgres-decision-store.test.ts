import { createServer } from "node:net";
import type { DecisionRecord } from "@levqor/core";
import { decisionStoreContract, manualClock } from "@levqor/core/testing";
import { Pool } from "pg";
import { describe, expect, it } from "vitest";
import { testDatabase } from "../test-database.test-support.js";
import { postgresDecisionStore } from "./postgres-decision-store.js";

const database = testDatabase();

const decision = (requestId: string, changes: Partial<DecisionRecord> = {}) =>
  ({
    requestId,
    task: "chat",
    caller: { tenantId: "acme" },
    startedAtMs: Date.UTC(2026, 0, 1),
    outcome: "ok",
    ...changes,
  }) as DecisionRecord; // as: what the store reads of one

async function subject(options: Partial<Parameters<typeof postgresDecisionStore>[0]> = {}) {
  const { pool } = database;
  const schema = await database.freshSchema();
  const store = postgresDecisionStore({ pool, schema, ...options });
  const count = async () =>
    Number((await pool.query(`select count(*) from "${schema}".ai_traces`)).rows[0].count);
  return { store, count, schema };
}

describe("postgresDecisionStore keeps the decision store's contract:", () => {
  for (const { name, run } of decisionStoreContract)
    it(name, () =>
      run(async () => {
        const { store } = await subject();
        return { store, settled: () => store.flush() };
      }),
    );
});

describe("postgresDecisionStore", () => {
  it("finds a decision at once, before it is written and after", async () => {
    const { store, count } = await subject();
    store.write(decision("request-1"));
    expect(store.pending).toBe(1);
    expect(await store.find("request-1")).toEqual(decision("request-1"));
    await store.flush();
    expect(store.pending).toBe(0);
    expect(await count()).toBe(1);
    expect(await store.find("request-1")).toEqual(decision("request-1"));
  });

  it("writes what ends together in few round trips", async () => {
    let queries = 0;
    const counting = {
      async connect() {
        queries += 1;
        return database.pool.connect();
      },
    };
    const { store, count } = await subject({ pool: counting });
    for (let index = 0; index < 250; index++) store.write(decision(`request-${index}`));
    await store.flush();
    expect(await count()).toBe(250);
    expect(queries).toBe(3);
  });

  it("keeps ids that PostgreSQL can't hold", async () => {
    const { store } = await subject();
    const ids = ["a\0b\ud800", "😀".repeat(9_999)];
    for (const id of ids) store.write(decision(id, { caller: { tenantId: `\0${id}` } }));
    await store.flush();
    for (const id of ids) expect((await store.find(id))?.requestId).toBe(id);
  });

  it("loses one that can't be written, and none behind it", async () => {
    const { store, count } = await subject();
    for (const id of ["a", "b", "c"])
      store.write(decision(id, { startedAtMs: id === "b" ? 1e18 : Date.UTC(2026, 0, 1) }));
    await store.flush();
    expect(await count()).toBe(2);
    expect(await store.find("b")).toBeUndefined();
  });

  it("drops what is older than keepDays", async () => {
    const clock = manualClock(Date.UTC(2026, 0, 31));
    const { store, count } = await subject({ clock, keepDays: 10 });
    const day = 86_400_000;
    for (const age of [0, 9, 11, 300])
      store.write(decision(`${age}`, { startedAtMs: clock.now() - age * day }));
    await store.flush();
    await store.prune();
    expect(await count()).toBe(2);
    expect(await store.find("9")).toBeDefined();
    expect(await store.find("11")).toBeUndefined();
  });

  it("keeps what PostgreSQL does not take, up to a bound, and writes it in order later", async () => {
    const told: string[] = [];
    const say = (_: unknown, message: string) => void told.push(message);
    const logger = { info: say, warn: say, error: say };
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const nowhere = new Pool({ host: "127.0.0.1", port });
    let isUp = false;
    const pool = { connect: () => (isUp ? database.pool.connect() : nowhere.connect()) };
    const { store, count } = await subject({ pool, logger, maxPending: 3 });
    for (const id of ["a", "b", "c"]) store.write(decision(id));
    expect(() => store.write(decision("d"))).toThrow("Too many decisions");
    expect(await store.find("b")).toMatchObject({ requestId: "b" });
    await expect.poll(() => told).toHaveLength(1);
    isUp = true;
    await expect.poll(count, { timeout: 10_000 }).toBe(3);
    await expect.poll(() => told).toHaveLength(2);
    await nowhere.end();
  });

  it("tells at the end what it could not write", async () => {
    const { store } = await subject({ schema: "no_such_schema" });
    store.write(decision("a"));
    await expect(store.flush()).rejects.toThrow("1 decisions could not be written");
  });

  it.each([0, -1, Number.NaN])("refuses keepDays %s", (keepDays) => {
    expect(() => postgresDecisionStore({ pool: database.pool, keepDays })).toThrow("keepDays: must be");
  });
});
