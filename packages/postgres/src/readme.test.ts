import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { hmacAuditChain } from "@levqor/core/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { postgresAuditSink } from "./audit/postgres-audit-sink.js";
import { postgresBudget } from "./budget/postgres-budget.js";
import { postgresDecisionStore } from "./decision/postgres-decision-store.js";
import { migrate } from "./migrate.js";
import { postgresPolicyStore } from "./policy/postgres-policy-store.js";
import { testDatabase } from "./test-database.test-support.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const database = testDatabase();

/** The first code block of this kind, with another schema than the README's. */
function block(info: string, schema: string): string {
  const text = readme.split(`\n\`\`\`${info}\n`)[1]?.split("\n```")[0];
  if (text === undefined) throw new Error(`The README has no block of ${info}.`);
  return text.replaceAll('"ai"', `"${schema}"`).replaceAll(/\bai\b(?=\.| to)/g, `"${schema}"`);
}

/** Runs a program where the packages are found, as a user's own. */
async function output(source: string): Promise<string> {
  const folder = fileURLToPath(new URL("../../../node_modules/.postgres-readme", import.meta.url));
  const file = join(folder, `${process.pid}.mts`);
  onTestFinished(() => rm(file, { force: true }));
  await mkdir(folder, { recursive: true });
  await writeFile(file, source);
  const args = ["--conditions", "@levqor/source", "--import", "tsx", file];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: database.url },
  });
  return stdout
    .split("\n")
    .filter((line) => !line.startsWith("INFO ")) // the gateway's log
    .join("\n");
}

describe("the README", () => {
  it("has an example that prints what the page says", { timeout: 120_000 }, async () => {
    const schema = `readme_${process.pid}`;
    onTestFinished(async () => {
      await database.pool.query(`drop schema if exists "${schema}" cascade`);
    });
    expect((await output(block("ts no-run", schema))).trimEnd()).toBe(block("text", schema));
  });

  it("names every right that the stores need, and none to change an entry of the audit", async () => {
    const schema = await database.freshSchema();
    const role = `${schema}_app`;
    await database.pool.query(`create role "${role}" login`);
    onTestFinished(async () => {
      await database.pool.query(`drop owned by "${role}"; drop role "${role}"`);
    });
    await database.pool.query(block("sql", schema).replaceAll(" to app;", ` to "${role}";`));
    const url = new URL(database.url);
    url.username = role;
    const options = { pool: database.connect({ connectionString: url.href }), schema };

    const budget = postgresBudget({ ...options, gateway: { dailyUsd: 1 } });
    const verdict = await budget.reserve({ task: "chat", caller: {}, microUsd: 10 });
    if (verdict.granted) await verdict.reservation.settle(7);
    expect(await budget.usage()).toMatchObject([{ usedMicroUsd: 7, reservedMicroUsd: 0 }]);
    await options.pool.query(`select "${schema}".ai_budget_prune(null, 10)`);
    const audit = postgresAuditSink({
      ...options,
      chain: hmacAuditChain({ key: "a key for tests that is long enough" }),
    });
    await audit.write({ time: new Date(0).toISOString() } as Parameters<typeof audit.write>[0]);
    await audit.close?.();
    const policy = postgresPolicyStore(options);
    await policy.publish({ version: 1 });
    await policy.setFlag("beta", { value: true });
    await policy.setFlag("beta", undefined);
    expect(await policy.read()).toEqual({ version: 3 });
    await postgresDecisionStore(options).prune();
    for (const statement of [`update "${schema}".ai_audit set line = ''`, `delete from "${schema}".ai_audit`])
      await expect(options.pool.query(statement)).rejects.toThrow("permission denied");
    await expect(migrate(options.pool, { schema: "elsewhere" })).rejects.toThrow("permission denied");
  });
});
