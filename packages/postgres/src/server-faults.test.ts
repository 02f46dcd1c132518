import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditRecord, DecisionRecord, Reservation } from "@levqor/core";
import { hmacAuditChain, spooledAuditSink } from "@levqor/core/node";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { postgresAuditSink } from "./audit/postgres-audit-sink.js";
import { verifyAuditTable } from "./audit/verify-audit-table.js";
import { postgresBudget } from "./budget/postgres-budget.js";
import { postgresDecisionStore } from "./decision/postgres-decision-store.js";
import { migrate } from "./migrate.js";
import { postgresPolicyStore } from "./policy/postgres-policy-store.js";
import { testServer } from "./test-server.test-support.js";

const server = testServer();
const key = "a key for tests that is long enough";
const caller = { tenantId: "acme", userId: "ada" };
const dollar = 1_000_000;
const timeoutMs = 500;
let pool: Pool;
let schemas = 0;
beforeAll(() => {
  pool = new Pool({ connectionString: server.url }); // without a listener for errors, as many have it
});
afterAll(() => pool.end());

async function stores() {
  const schema = `faults_${schemas++}`;
  await migrate(pool, { schema });
  const budget = postgresBudget({ pool, schema, timeoutMs, gateway: { dailyUsd: 1 } });
  const reserve = (microUsd: number) => budget.reserve({ task: "chat", caller, microUsd });
  const chain = hmacAuditChain({ key });
  return {
    ...{ schema, budget, reserve },
    policy: postgresPolicyStore({ pool, schema, timeoutMs }),
    decisions: postgresDecisionStore({ pool, schema, timeoutMs }),
    audit: postgresAuditSink({ pool, schema, timeoutMs, chain }),
    verify: () => verifyAuditTable(pool, { schema, key }),
    async reserved(microUsd: number): Promise<Reservation> {
      const verdict = await reserve(microUsd);
      if (!verdict.granted) throw new Error("expected the money to be granted");
      return verdict.reservation;
    },
  };
}

const record = (requestId: string) =>
  ({ time: new Date(0).toISOString(), request_id: requestId }) as AuditRecord;
const decision = (requestId: string) =>
  ({ requestId, task: "chat", caller, startedAtMs: Date.now(), outcome: "ok" }) as DecisionRecord;

/** Milliseconds until the work has failed. */
async function failsAfter(work: unknown): Promise<number> {
  const startMs = performance.now();
  await expect(work).rejects.toThrow();
  return performance.now() - startMs;
}

describe.each([
  ["stopped", () => server.stop(), () => server.start()],
  ["frozen", () => server.freeze(), async () => server.thaw()],
] as const)("while the server is %s", (_, breakIt, mendIt) => {
  it("every store fails in time, and works again without a restart", { timeout: 120_000 }, async () => {
    const { budget, reserve, reserved, policy, decisions, audit, verify } = await stores();
    const running = await reserved(100_000);
    await policy.publish({ version: 1 });
    await audit.write(record("before"));
    await breakIt();
    const timesMs = await Promise.all([
      failsAfter(reserve(1)),
      failsAfter(budget.usage()),
      failsAfter(running.extend(1)),
      failsAfter(policy.read()),
      failsAfter(policy.publish({ version: 2 })),
      failsAfter(audit.write(record("lost"))),
      failsAfter(decisions.find("request-1")),
    ]);
    expect(Math.max(...timesMs)).toBeLessThan(timeoutMs + 1_500); // the machine may be busy
    await running.settle(40_000);
    expect(budget.pending).toBeGreaterThan(0);
    decisions.write(decision("request-1"));
    expect(await decisions.find("request-1")).toBeDefined();
    await mendIt();

    await expect.poll(() => budget.pending, { timeout: 30_000 }).toBe(0);
    await expect
      .poll(() => budget.usage().catch(() => []), { timeout: 30_000 })
      .toMatchObject([{ usedMicroUsd: 40_000, reservedMicroUsd: 0 }]);
    await audit.write(record("after"));
    expect(await verify()).toMatchObject({ ok: true, gaps: [] });
    expect(Object(await policy.read()).version).toBeGreaterThan(0);
    await expect.poll(() => decisions.pending, { timeout: 30_000 }).toBe(0);
    expect(await decisions.find("request-1")).toMatchObject({ requestId: "request-1" });
    await (await reserved(960_000)).settle(0);
    await Promise.all([budget.flush(), decisions.flush(), audit.close?.()]);
  });
});

describe("while the server is stopped", () => {
  it("the audit spools to the disk, and replays in order", { timeout: 120_000 }, async () => {
    const { audit, verify, schema } = await stores();
    const folder = await mkdtemp(join(tmpdir(), "spool-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const sink = spooledAuditSink({ sink: audit, folder, retryMs: 50 });
    const ids = Array.from({ length: 12 }, (_, index) => `request-${index}`);
    for (const [index, id] of ids.entries()) {
      if (index === 4) await server.stop();
      await sink.write(record(id));
      if (index === 8) await server.start();
    }
    await expect.poll(() => sink.stats().pendingBytes, { timeout: 60_000 }).toBe(0);
    await sink.close?.();
    expect(sink.stats()).toMatchObject({ refused: 0 });
    expect(sink.stats().spooled).toBeGreaterThanOrEqual(5);
    expect(await verify()).toMatchObject({ ok: true, records: 12, gaps: [] });
    const { rows } = await pool.query(
      `select request_id from "${schema}".ai_audit where entry is null order by seq`,
    );
    expect(rows.map(({ request_id }) => request_id)).toEqual(ids);
  });

  it("charges wait in order up to a bound, and are made when the budget is closed", {
    timeout: 120_000,
  }, async () => {
    const { schema } = await stores();
    const told: string[] = [];
    const say = (__: unknown, message: string) => void told.push(message);
    const logger = { info: say, warn: say, error: say };
    const budget = postgresBudget({
      ...{ pool, schema, timeoutMs, logger },
      maxPending: 3,
      gateway: { dailyUsd: 1 },
    });
    const reservations = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const verdict = await budget.reserve({ task: "chat", caller, microUsd: 10_000 });
        return verdict.granted ? verdict.reservation : undefined;
      }),
    );
    await server.stop();
    for (const reservation of reservations.slice(0, 3)) await reservation?.settle(5_000);
    await expect(reservations[3]?.settle(5_000)).rejects.toThrow("Too many charges wait");
    await expect(budget.flush()).rejects.toThrow("3 charges could not be written");
    await server.start();
    await budget.flush();
    expect(await budget.usage()).toMatchObject([{ usedMicroUsd: 15_000, reservedMicroUsd: 10_000 }]);
    expect(told).toHaveLength(2);
  });
});

it("money stays below the cap when a server restarts in the middle of many calls", {
  timeout: 120_000,
}, async () => {
  const { budget, reserve } = await stores();
  const seen = { spent: 0, failed: 0, refused: 0 };
  let isOver = false;
  async function worker(): Promise<void> {
    while (!isOver) {
      const verdict = await reserve(dollar / 50).catch(() => undefined);
      if (verdict === undefined) seen.failed += 1;
      else if (!verdict.granted) seen.refused += 1;
      else {
        await verdict.reservation.settle(dollar / 100);
        seen.spent += dollar / 100;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  const working = Promise.all(Array.from({ length: 10 }, worker));
  await expect.poll(() => seen.spent, { interval: 1 }).toBeGreaterThan(0);
  await server.stop();
  await expect.poll(() => seen.failed).toBeGreaterThan(0);
  await server.start();
  await expect.poll(() => seen.refused, { timeout: 60_000 }).toBeGreaterThan(0);
  isOver = true;
  await working;
  await expect.poll(() => budget.pending, { timeout: 30_000 }).toBe(0);
  expect(await budget.usage()).toMatchObject([{ usedMicroUsd: seen.spent, reservedMicroUsd: 0 }]);
  expect(seen.spent).toBeLessThanOrEqual(dollar);
});
