import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { postgresBudget } from "./budget/postgres-budget.js";
import { migrate } from "./migrate.js";
import { shippedFolder } from "./migration-files.js";
import { testDatabase } from "./test-database.test-support.js";
import { testProgram } from "./test-program.test-support.js";

const database = testDatabase();
let schemas = 0;
const newSchema = () => {
  const schema = `migrate_${process.pid}_${schemas++}`;
  onTestFinished(async () => {
    await database.pool.query(`drop schema if exists "${schema}" cascade`);
  });
  return schema;
};
const tablesOf = async (schema: string) =>
  (
    await database.pool.query("select tablename from pg_tables where schemaname = $1 order by 1", [schema])
  ).rows.map(({ tablename }) => tablename);

describe("migrate", () => {
  it("makes the tables once", async () => {
    const schema = newSchema();
    const files = (await readdir(shippedFolder())).sort();
    expect(await migrate(database.pool, { schema })).toEqual(files);
    expect(await migrate(database.pool, { schema })).toEqual([]);
    expect(await tablesOf(schema)).toEqual([
      "ai_audit",
      "ai_audit_heads",
      "ai_budget_accounts",
      "ai_budget_balances",
      "ai_budget_reservations",
      "ai_budget_settlements",
      "ai_config",
      "ai_feature_flags",
      "ai_migrations",
      "ai_traces",
    ]);
  });

  it("does what psql does with the same files", async () => {
    const schema = newSchema();
    const client = await database.pool.connect();
    await client.query(`create schema "${schema}"; set search_path to "${schema}"`);
    for (const name of (await readdir(shippedFolder())).sort())
      await client.query(await readFile(join(shippedFolder(), name), "utf8"));
    client.release(true);
    expect((await tablesOf(schema)).length).toBe(9);
    const budget = postgresBudget({ pool: database.pool, schema });
    expect(await budget.reserve({ task: "chat", caller: {}, microUsd: 1 })).toMatchObject({ granted: true });
  });

  it("leaves nothing behind when a file fails, and what others may do later is up to them", async () => {
    const schema = newSchema();
    const folder = await copiedFolder();
    await writeFile(join(folder, "0099-wrong.sql"), "create table ai_extra (); select no_such_function();");
    await expect(migrate(database.pool, { schema, folder })).rejects.toThrow("no_such_function");
    expect(await tablesOf(schema)).toEqual([]);
    expect(await migrate(database.pool, { schema })).toHaveLength(4);
  });

  it("applies what is new, and refuses what was changed", async () => {
    const schema = newSchema();
    const folder = await copiedFolder();
    await migrate(database.pool, { schema });
    await writeFile(join(folder, "0005-more.sql"), "create table ai_more (id int);\n");
    expect(await migrate(database.pool, { schema, folder })).toEqual(["0005-more.sql"]);
    expect(await migrate(database.pool, { schema })).toEqual([]); // an older package beside a newer one
    await writeFile(join(folder, "0005-more.sql"), "create table ai_more (id bigint);\n");
    await expect(migrate(database.pool, { schema, folder })).rejects.toMatchObject({
      code: "invalid_config",
      details: { problems: [expect.stringMatching(/^0005-more\.sql: was changed/)] },
    });
  });

  it("takes no line ending for a change", async () => {
    const schema = newSchema();
    const folder = await copiedFolder();
    await migrate(database.pool, { schema });
    for (const name of await readdir(folder)) {
      const sql = await readFile(join(folder, name), "utf8");
      await writeFile(join(folder, name), sql.replaceAll("\n", "\r\n"));
    }
    expect(await migrate(database.pool, { schema, folder })).toEqual([]);
  });

  const hostile = [
    'a"; drop schema public; --',
    "",
    "Public",
    "pg_temp",
    "a b",
    "ä",
    "a".repeat(64),
    "1a",
    "a.b",
  ];
  it.each(hostile)("refuses the schema %j, as every store does", async (schema) => {
    await expect(migrate(database.pool, { schema })).rejects.toMatchObject({ code: "invalid_config" });
    expect(() => postgresBudget({ pool: database.pool, schema })).toThrow("schema: must be a name");
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses the timeout %s", async (timeoutMs) => {
    await expect(migrate(database.pool, { timeoutMs })).rejects.toThrow("timeoutMs: must be");
    expect(() => postgresBudget({ pool: database.pool, timeoutMs })).toThrow("timeoutMs: must be");
  });

  it("gives up when another one takes too long", async () => {
    const schema = newSchema();
    const client = await database.pool.connect();
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`levqor.migrate.${schema}`]);
    await expect(migrate(database.pool, { schema, timeoutMs: 200 })).rejects.toThrow("200 ms");
    await client.query("commit");
    client.release();
    expect(await migrate(database.pool, { schema })).toHaveLength(4);
  });
});

describe("four processes at once", () => {
  const program = testProgram(`
    import { migrate } from "./migrate.ts";
    print(String((await migrate(pool, { schema: settings.schema, folder: settings.folder })).length));
    await pool.end();
  `);
  it("one migrates, the others wait for it", { timeout: 120_000 }, async () => {
    const schema = newSchema();
    const settings = { schema, url: database.url, folder: shippedFolder() };
    const printed = await Promise.all(Array.from({ length: 4 }, () => program.start(settings).done()));
    expect(printed.flat().sort()).toEqual(["0", "0", "0", "4"]);
  });
});

async function copiedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(shippedFolder(), folder, { recursive: true });
  return folder;
}
