import type { Provider } from "@levqor/core";
import { fakeProvider } from "@levqor/core/testing";
import { migrate, verifyAuditTable } from "@levqor/postgres";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, type OwnServer, ownServer } from "../support/own-server.js";
import {
  auditKey,
  type SharedStoreMachine,
  type SharedStores,
  sharedStoreMachine,
} from "../support/shared-store-machine.js";

let redis: OwnServer;
let postgres: OwnServer;

beforeAll(async () => {
  [redis, postgres] = await Promise.all([ownServer("redis"), ownServer("postgres")]);
});
afterAll(async () => {
  await Promise.all([redis.remove(), postgres.remove()]);
});

/** Two machines on the same stores, which nobody else has used; they are gone when `work` is over. */
async function withTwoMachines(
  given: Partial<SharedStores>,
  work: (berlin: SharedStoreMachine, dublin: SharedStoreMachine) => Promise<void>,
): Promise<void> {
  const pool = new Pool({ connectionString: postgres.url, max: 2 });
  await pool.query("drop schema public cascade; create schema public");
  await migrate(pool);
  await pool.end();
  const stores = {
    redisUrl: redis.url,
    databaseUrl: postgres.url,
    prefix: `test-${crypto.randomUUID()}:`,
    keeper: "redis" as const,
    timeoutMs: 20_000, // a busy machine is no outage
    ...given,
  };
  const [berlin, dublin] = [sharedStoreMachine(stores), sharedStoreMachine(stores)];
  try {
    await work(berlin, dublin);
  } finally {
    await Promise.all([berlin.close(), dublin.close()]);
  }
}
/** Starts so many at once. */
const together = <Result>(count: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

const outcomesOf = (calls: readonly { readonly outcome: string }[]) =>
  Object.fromEntries(
    [...new Set(calls.map(({ outcome }) => outcome))].map((outcome) => [
      outcome,
      calls.filter((call) => call.outcome === outcome).length,
    ]),
  );
const verified = (pool: Pool) => verifyAuditTable(pool, { key: auditKey });

describe.each(["redis", "postgres"] as const)("two machines with budget and policy in %s", (keeper) => {
  it("admit exactly a limit together", async () => {
    const limits = { perUser: { requests: 5 }, perIp: false as const };
    await withTwoMachines({ keeper, limits }, async (berlin, dublin) => {
      const calls = await together(16, (index) => (index % 2 === 0 ? berlin : dublin).ask());
      expect(outcomesOf(calls)).toEqual({ model: 5, rate_limited: 11 });
      expect((await berlin.ask({ userId: "bob" })).outcome).toBe("model");
    });
  });

  it("spend no more than a cap together, and leave nothing set aside", async () => {
    const cap = 20_000;
    const caps = { gateway: { dailyUsd: cap / 1e6, onExceeded: "reject" as const } };
    await withTwoMachines({ keeper, caps }, async (berlin, dublin) => {
      const calls = await together(80, (index) => (index % 2 === 0 ? berlin : dublin).ask());
      const charged = calls.reduce((sum, { decision }) => sum + decision.budget.chargedMicroUsd, 0);
      const { model = 0, budget_exceeded = 0, ...others } = outcomesOf(calls);
      expect(others).toEqual({});
      expect(model).toBeGreaterThan(0);
      expect(budget_exceeded).toBeGreaterThan(0);
      for (const { usage } of [berlin, dublin])
        expect(await usage()).toMatchObject([
          { limitMicroUsd: cap, usedMicroUsd: charged, reservedMicroUsd: 0 },
        ]);
      // What the calls together might have cost at most never was above the cap, so what they cost is not either.
      const reserved = Math.max(...calls.map(({ decision }) => decision.budget.reservedMicroUsd));
      expect(charged).toBeLessThanOrEqual(cap);
      for (const { decision } of calls)
        for (const { usedMicroUsd, reservedMicroUsd } of decision.budget.before)
          expect(usedMicroUsd + reservedMicroUsd + reserved).toBeLessThanOrEqual(cap);
    });
  });

  it("serve each other's replies, and make one call of the same question", async () => {
    const provider = fakeProvider([{ text: "An answer." }]);
    await withTwoMachines({ keeper, provider }, async (berlin, dublin) => {
      const question = "What is a workflow?";
      expect((await berlin.ask({ question })).outcome).toBe("model");
      const { outcome, decision } = await dublin.ask({ question });
      expect([outcome, decision.cache, decision.budget.chargedMicroUsd]).toEqual(["cache", "hit", 0]);
      const atOnce = await together(20, (index) =>
        (index % 2 === 0 ? berlin : dublin).ask({ question: "And a trigger?" }),
      );
      expect(outcomesOf(atOnce)).toEqual({ model: 1, cache: 19 });
      expect(provider.requests).toHaveLength(2);
    });
  });

  it("follow a policy that is published at either of them", async () => {
    await withTwoMachines({ keeper }, async (berlin, dublin) => {
      await Promise.all([berlin.ask(), dublin.ask()]);
      await dublin.policy.publish({ version: 1, switches: { tasks: { model_only: false } } });
      for (const machine of [berlin, dublin]) {
        await eventually(async () => expect((await machine.ask()).outcome).toBe("switched_off"));
        expect((await machine.ask()).decision.policyVersion).toBe(1);
      }
      await berlin.policy.publish({ version: 2, flags: { beta: { value: true } } });
      await eventually(async () =>
        expect((await dublin.ask()).decision).toMatchObject({ policyVersion: 2, flags: { beta: true } }),
      );
    });
  });

  it("find each other's decisions, and write one audit", async () => {
    await withTwoMachines({ keeper }, async (berlin, dublin) => {
      const calls = await together(30, (index) => (index % 2 === 0 ? berlin : dublin).ask());
      for (const [index, { requestId, decision }] of calls.entries()) {
        const other = index % 2 === 0 ? dublin : berlin;
        const found = await eventually(async () => {
          const kept = await other.gateway.findDecision(requestId);
          if (kept === undefined) throw new Error("It is not there yet.");
          return kept;
        });
        expect(found).toEqual(JSON.parse(JSON.stringify(decision)));
      }
      expect(await verified(berlin.pool)).toMatchObject({ ok: true, records: 30, gaps: [] });
    });
  });
});

/** The same, with stores that are given up soon; Redis and PostgreSQL are there again when `work` is over. */
async function withOutage(
  given: Partial<SharedStores>,
  work: (berlin: SharedStoreMachine, dublin: SharedStoreMachine) => Promise<void>,
): Promise<void> {
  try {
    await withTwoMachines({ timeoutMs: 2_000, ...given }, work);
  } finally {
    for (const server of [redis, postgres]) {
      await server.kill();
      await server.start();
    }
  }
}

describe("when Redis dies and comes back", () => {
  it("calls go on uncounted and without money, and are limited and paid again, all without a restart", async () => {
    const limits = { perUser: { requests: 5 }, perIp: false as const };
    await withOutage({ limits }, async (berlin, dublin) => {
      await dublin.policy.publish({ version: 1, flags: { beta: { value: true } } });
      await eventually(async () =>
        expect((await berlin.ask({ userId: "first" })).decision.policyVersion).toBe(1),
      );
      await redis.kill();
      for (let call = 0; call < 4; call++) {
        const { outcome, decision } = await berlin.ask({ task: "helped" });
        expect(outcome).toBe("store_unavailable");
        expect(decision).toMatchObject({
          outcome: "degraded",
          source: "local",
          policyVersion: 1,
          flags: { beta: true },
          attempts: [],
        });
        expect([...decision.unavailable].sort()).toEqual(["budget", "cache", "rate-limit"]);
        expect(decision.rateLimit).toBeUndefined();
      }
      expect((await dublin.ask()).decision).toMatchObject({
        outcome: "failed",
        error: { code: "store_unavailable", step: "budget.reserve" },
      });
      await redis.start();
      for (const machine of [berlin, dublin])
        await eventually(async () => {
          const { outcome, decision } = await machine.ask({ userId: crypto.randomUUID() });
          expect([outcome, decision.unavailable]).toEqual(["model", []]);
        });
      // Not the user from before: the client may send again what was on its way when Redis died.
      const after = await together(12, (index) => (index % 2 === 0 ? berlin : dublin).ask({ userId: "eve" }));
      expect(outcomesOf(after)).toEqual({ model: 5, rate_limited: 7 });
      const question = "Is the cache back?";
      await berlin.ask({ question, userId: "bob" });
      expect((await dublin.ask({ question, userId: "bob" })).outcome).toBe("cache");
    });
  });

  it("calls stop for limits and go on unpaid where `storeFailure` says so", async () => {
    const storeFailure = { rateLimiter: "closed", budget: "open" } as const;
    await withOutage({ storeFailure }, async (berlin) => {
      await berlin.ask();
      await redis.kill();
      const { outcome, decision } = await berlin.ask({ task: "helped" });
      expect(outcome).toBe("store_unavailable");
      expect(decision).toMatchObject({ outcome: "failed", unavailable: ["rate-limit"], attempts: [] });
    });
    const open = { budget: "open" } as const;
    await withOutage({ storeFailure: open }, async (berlin) => {
      await berlin.ask();
      await redis.kill();
      const { outcome, decision } = await berlin.ask();
      expect(outcome).toBe("model");
      expect([...decision.unavailable].sort()).toEqual(["budget", "cache", "rate-limit"]);
    });
  });
});

describe("when PostgreSQL goes away and comes back", () => {
  it("no model is called; audit and decisions wait, and are written in order", async () => {
    await withOutage({ keeper: "postgres" }, async (berlin, dublin) => {
      await dublin.policy.publish({ version: 1, flags: { beta: { value: true } } });
      await eventually(async () => expect((await berlin.ask()).decision.policyVersion).toBe(1));
      const calls = [await berlin.ask()];
      await postgres.kill();
      for (let call = 0; call < 5; call++) calls.push(await berlin.ask({ task: "helped" }));
      for (const { outcome, decision } of calls.slice(1)) {
        expect(outcome).toBe("store_unavailable");
        expect(decision).toMatchObject({ unavailable: ["budget"], policyVersion: 1, attempts: [] });
      }
      expect(berlin.spool()).toMatchObject({ spooled: 5, refused: 0 });
      expect((await dublin.ask()).decision.error).toMatchObject({ code: "store_unavailable" });

      await postgres.start();
      await eventually(async () => {
        calls.push(await berlin.ask());
        expect(calls.at(-1)?.decision).toMatchObject({ source: "model", unavailable: [] });
      });
      await eventually(async () => {
        for (const machine of [berlin, dublin]) expect(machine.spool().pendingBytes).toBe(0);
      });
      const { rows } = await berlin.pool.query<{ request_id: string }>(
        "select request_id from ai_audit where request_id = any ($1) order by seq",
        [calls.map(({ requestId }) => requestId)],
      );
      expect(rows.map(({ request_id }) => request_id)).toEqual(calls.map(({ requestId }) => requestId));
      expect(await verified(berlin.pool)).toMatchObject({ ok: true, gaps: [] });
      for (const { requestId } of calls)
        await eventually(async () => expect(await dublin.gateway.findDecision(requestId)).toBeDefined());
      await berlin.policy.publish({ version: 2 });
      await eventually(async () => expect((await dublin.ask()).decision.policyVersion).toBe(2));
    });
  });
});

it.each(["redis", "postgres"] as const)(
  "a call that runs while %s goes away is charged when it is back",
  async (keeper) => {
    let answer = () => {};
    const mayAnswer = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let asked = () => {};
    const wasAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const provider: Provider = {
      name: "slow",
      model: "slow",
      async *stream() {
        asked();
        await mayAnswer;
        yield { type: "text-delta", delta: "Late." };
        const usage = { inputTokens: 10, outputTokens: 5, source: "reported" } as const;
        yield { type: "finish", reason: "stop", usage };
      },
    };
    const server = keeper === "redis" ? redis : postgres;
    await withOutage({ keeper, provider }, async (berlin, dublin) => {
      const running = berlin.ask();
      await wasAsked;
      await server.kill();
      answer();
      const { outcome, decision } = await running;
      expect([outcome, decision.budget.chargedMicroUsd]).toEqual(["model", 60]);
      await server.start();
      for (const { usage } of [berlin, dublin])
        await eventually(async () =>
          expect(await usage()).toMatchObject([{ usedMicroUsd: 60, reservedMicroUsd: 0 }]),
        );
    });
  },
);
