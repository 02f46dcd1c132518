import { policyStoreContract } from "@levqor/core/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { testDatabase } from "../test-database.test-support.js";
import { testProgram } from "../test-program.test-support.js";
import { postgresPolicyStore } from "./postgres-policy-store.js";

const database = testDatabase();

async function subject() {
  const { pool } = database;
  const schema = await database.freshSchema();
  const store = postgresPolicyStore({ pool, schema });
  const sql = (text: string) => pool.query(text.replaceAll("ai_", `"${schema}".ai_`));
  return { store, schema, sql };
}

/** A signal that aborts when the test is over. */
function untilFinished(): AbortSignal {
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  return ending.signal;
}

describe("postgresPolicyStore keeps the policy store's contract:", () => {
  for (const { name, run } of policyStoreContract) it(name, () => run(async () => (await subject()).store));
});

describe("postgresPolicyStore", () => {
  it("refuses a version that is no number", async () => {
    const { store } = await subject();
    for (const version of [Number.NaN, 1.5, Number.POSITIVE_INFINITY])
      await expect(store.publish({ version })).rejects.toMatchObject({ code: "invalid_config" });
    expect(await store.read()).toBeUndefined();
  });

  it("keeps every version", async () => {
    const { store, sql } = await subject();
    await store.publish({ version: 1, switches: { gateway: false } });
    await store.publish({ version: 2 });
    const { rows } = await sql("select version, document from ai_config order by version");
    expect(rows).toEqual([
      { version: "1", document: { switches: { gateway: false } } },
      { version: "2", document: {} },
    ]);
  });

  it("merges flags that are set one by one into the document, each as a new version", async () => {
    const { store } = await subject();
    await store.publish({
      version: 1,
      flags: { old: { value: 1 }, beta: { value: false } },
      limits: { perIp: false },
    });
    await store.setFlag("beta", { value: true, percent: 10 });
    const rest = { limits: { perIp: false } } as const;
    const beta = { value: true, percent: 10 };
    expect(await store.read()).toEqual({ version: 2, flags: { old: { value: 1 }, beta }, ...rest });
    await expect(store.publish({ version: 2 })).rejects.toMatchObject({ code: "invalid_config" });
    await store.publish({ version: 3, ...rest });
    expect(await store.read()).toEqual({ version: 3, flags: { beta }, ...rest });
    await store.setFlag("beta", undefined);
    expect(await store.read()).toEqual({ version: 4, ...rest });
  });

  it("follows flags and documents that are written by hand", async () => {
    const { store, sql } = await subject();
    await sql(`insert into ai_feature_flags (name, rule) values ('beta', '{"value": true}')`);
    expect(await store.read()).toEqual({ version: 1, flags: { beta: { value: true } } });
    await sql(`insert into ai_config (version, document) values (2, '{"switches": {"gateway": false}}')`);
    expect(await store.read()).toMatchObject({ version: 2, switches: { gateway: false } });
  });

  it("counts versions right when many set flags and publish at once", async () => {
    const { store, sql } = await subject();
    const setting = Array.from({ length: 20 }, (_, index) =>
      store.setFlag(`flag-${index}`, { value: index }),
    );
    const publishing = Promise.allSettled(
      Array.from({ length: 5 }, (_, index) => store.publish({ version: index + 1 })),
    );
    await Promise.all(setting);
    const published = (await publishing).filter(({ status }) => status === "fulfilled");
    const { rows } = await sql("select count(*)::int as count, max(version)::int as newest from ai_config");
    expect(rows).toEqual([{ count: 20 + published.length, newest: 20 + published.length }]);
    expect(Object.keys(Object(await store.read()).flags)).toHaveLength(20);
  });

  it("tells nothing of another schema's policy", async () => {
    const [mine, other] = [await subject(), await subject()];
    let told = 0;
    void mine.store.watch?.(async () => {
      told += 1;
    }, untilFinished());
    await expect.poll(() => told).toBe(1); // it listens now
    await other.store.publish({ version: 1 });
    await mine.store.publish({ version: 1 });
    await expect.poll(() => told).toBe(2);
    await database.pool.query("select pg_sleep(0.05)");
    expect(told).toBe(2);
  });

  it("listens again after its connection was lost, and looks at what it has missed", async () => {
    const { store, schema } = await subject();
    const watching = database.connect({ application_name: `watch_${schema}` });
    const watcher = postgresPolicyStore({ pool: watching, schema });
    const seen: unknown[] = [];
    void watcher.watch?.(async () => {
      seen.push(Object(await store.read()).version);
    }, untilFinished());
    await expect.poll(() => seen).toEqual([undefined]);
    await database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1",
      [`watch_${schema}`],
    );
    await store.publish({ version: 1 });
    await expect.poll(() => seen.at(-1), { timeout: 10_000 }).toBe(1);
    await store.publish({ version: 2 });
    await expect.poll(() => seen.at(-1)).toBe(2);
  });

  it("gives its connection back when nobody watches any more", async () => {
    const { schema } = await subject();
    const watching = database.connect({ max: 1 });
    const store = postgresPolicyStore({ pool: watching, schema });
    const ending = new AbortController();
    let told = 0;
    void store.watch?.(async () => {
      told += 1;
    }, ending.signal);
    await expect.poll(() => told).toBe(1);
    expect(watching.totalCount - watching.idleCount).toBe(1);
    ending.abort();
    await expect.poll(() => watching.totalCount).toBe(0);
    expect(await store.read()).toBeUndefined();
  });
});

describe("four processes", () => {
  const follower = testProgram(`
    import { createAiGateway } from "@levqor/core";
    import { postgresPolicyStore } from "./policy/postgres-policy-store.ts";
    const source = postgresPolicyStore({ pool, schema: settings.schema });
    const gateway = createAiGateway({ policy: { source, pollMs: 3_600_000 } });
    let known;
    setInterval(() => {
      const { version } = gateway.policy.status();
      if (version !== known) print("version " + version + " " + Date.now());
      known = version;
    }, 1);
  `);

  it("follow a change in less than a second", { timeout: 120_000 }, async () => {
    const { store, schema } = await subject();
    await store.publish({ version: 1 });
    const processes = Array.from({ length: 4 }, () =>
      follower.start({ url: database.url, schema, application: schema }),
    );
    onTestFinished(() => {
      for (const { child } of processes) child.kill("SIGKILL");
    });
    await Promise.all(processes.map((process) => process.printed("version 1 ")));
    const listening = "query = 'listen ai_config' and application_name = $1";
    const listeners = `select count(*)::int as count from pg_stat_activity where ${listening}`;
    await expect
      .poll(async () => (await database.row(listeners, [schema]))["count"], { timeout: 20_000 })
      .toBe(4);
    const times: number[] = [];
    for (let version = 2; version <= 6; version++) {
      const startMs = Date.now();
      await store.publish({ version });
      const lines = await Promise.all(processes.map((process) => process.printed(`version ${version} `)));
      times.push(Math.max(...lines.map((line) => Number(line.split(" ")[2]))) - startMs);
    }
    console.log(`a policy change reached 4 processes over PostgreSQL in ${times.join(", ")} ms`);
    expect(times.toSorted((a, b) => a - b)[2]).toBeLessThan(1_000);
  });
});
