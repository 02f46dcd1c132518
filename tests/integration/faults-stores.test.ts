import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AiGatewayOptions, isGatewayError, memoryBudget } from "@levqor/core";
import { hmacAuditChain, ndjsonAuditSink, verifyAudit } from "@levqor/core/node";
import { fakeProvider, manualClock } from "@levqor/core/testing";
import { redisBudget, redisRateLimiter, redisResponseCache } from "@levqor/redis";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { observedGateway } from "../support/edge/observed-gateway.js";
import { serveEdge } from "../support/edge/serve-edge.js";
import { eventually, type OwnServer, ownServer } from "../support/own-server.js";

/** An Express server; `ask` asks what nobody has asked before, unless told. */
async function start(options: AiGatewayOptions = {}) {
  const observed = observedGateway(options);
  const { base } = await serveEdge("Express 5", { gateway: observed.gateway });
  const ask = async (message: string = crypto.randomUUID()) => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ message });
    const response = await fetch(`${base}/chat`, { method: "POST", headers, body });
    const reply = await response.json();
    return { status: response.status, said: reply.code ?? reply.metadata.degraded ?? reply.metadata.source };
  };
  return { ...observed, ask };
}

describe("F39: Redis", () => {
  let server: OwnServer;
  beforeAll(async () => {
    server = await ownServer("redis");
  });
  afterAll(() => server.remove());

  function stores() {
    const client = new Redis(server.url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    client.on("error", () => {});
    onTestFinished(() => client.disconnect());
    const on = { client, prefix: `test-${crypto.randomUUID()}:`, timeoutMs: 300 };
    return {
      client,
      budget: redisBudget({ ...on, gateway: { dailyUsd: 1_000 } }),
      rateLimiter: redisRateLimiter({ ...on, perIp: { requests: 1e6 } }),
      cache: redisResponseCache(on),
    };
  }
  const works = { status: 200, said: "model" };

  it("that is down at the start, dies, and comes back: no model without a budget, and no restart", async () => {
    await server.kill();
    const { client: _, ...options } = stores();
    const { ask, audit, written } = await start(options);
    expect(await ask()).toEqual({ status: 200, said: "store_unavailable" });
    expect(audit.records.at(-1)?.flags).toContain("store_unavailable");
    await server.start();
    await eventually(async () => expect(await ask()).toEqual(works));
    await server.kill();
    expect(await ask()).toEqual({ status: 200, said: "store_unavailable" });
    await server.start();
    await eventually(async () => expect(await ask()).toEqual(works));
    expect(written()).not.toMatch(/ECONNREFUSED|127\.0\.0\.1:/);
  });

  it("that is down with limits and budget closed and no local answer is a 503 of ours", async () => {
    await server.kill();
    const { client: _, ...options } = stores();
    const storeFailure = { rateLimiter: "closed", budget: "closed" } as const;
    const { ask } = await start({ ...options, storeFailure, localFallback: false });
    expect(await ask()).toEqual({ status: 503, said: "store_unavailable" });
    await server.start();
    await eventually(async () => expect(await ask()).toEqual(works));
  });

  it("that is a read-only replica, or slow by five seconds, is not waited for, and is used again after", async () => {
    const { client, ...options } = stores();
    const { ask } = await start(options);
    expect(await ask()).toEqual(works);
    await client.replicaof("127.0.0.1", 9);
    expect(await ask()).toEqual({ status: 200, said: "store_unavailable" });
    await client.replicaof("NO", "ONE");
    await eventually(async () => expect(await ask()).toEqual(works));
    await client.call("CLIENT", "PAUSE", "5000", "ALL");
    const startMs = performance.now();
    expect(await ask()).toEqual({ status: 200, said: "store_unavailable" });
    expect(performance.now() - startMs).toBeLessThan(4_000);
    await eventually(async () => expect(await ask()).toEqual(works));
  });

  it("whose keys hold another type is not believed", async () => {
    const { client, ...options } = stores();
    const { ask } = await start(options);
    expect(await ask()).toEqual(works);
    for (const key of await client.keys("test-*")) await client.set(key, "CANARY");
    const reply = await ask();
    expect(reply.status).toBe(200);
    expect(["store_unavailable", "model"]).toContain(reply.said);
  });

  it("F43: a reservation of a process that died is free again when its lease is over", async () => {
    const { client } = stores();
    const on = { client, prefix: `test-${crypto.randomUUID()}:`, timeoutMs: 5_000, leaseMs: 1_000 };
    const caps = { gateway: { dailyUsd: 0.001 }, onExceeded: "reject" as const };
    const dead = await redisBudget({ ...on, ...caps }).reserve({ task: "chat", caller: {}, microUsd: 1_000 });
    expect(dead.granted).toBe(true);
    const { ask } = await start({ budget: redisBudget({ ...on, ...caps }) });
    expect(await ask()).toEqual({ status: 429, said: "budget_exceeded" });
    await eventually(async () => expect(await ask()).toEqual(works));
  });
});

describe("F41: the audit", () => {
  const full = {
    write: () => Promise.reject(Object.assign(new Error("CANARY no space left"), { code: "ENOSPC" })),
  };

  it.each([
    ["block", { status: 503, said: "audit_failed" }],
    ["drop", { status: 200, said: "model" }],
  ] as const)("on a full disk with auditFailure %s", async (auditFailure, expected) => {
    const { ask, written } = await start({ auditSink: full, auditFailure });
    expect(await ask()).toEqual(expected);
    expect(written()).toContain("The audit sink failed");
    expect(written()).not.toContain("CANARY");
  });

  it("whose file was deleted, or ends in a torn line, goes on and verifies", async () => {
    const folder = mkdtempSync(join(tmpdir(), "audit-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "audit.ndjson");
    const key = "0123456789abcdef0123456789abcdef";
    const run = async () => {
      const auditSink = ndjsonAuditSink({ path, chain: hmacAuditChain({ key }) });
      const { ask, gateway } = await start({ auditSink, auditFailure: "block" });
      expect((await ask()).status).toBe(200);
      await gateway.close();
    };
    await run();
    appendFileSync(path, '{"time":"2026-01-01T00:00:00.000Z","request_id":"torn');
    await run();
    const kinds = readFileSync(path, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(kinds.length).toBeGreaterThanOrEqual(2);
    expect(await verifyAudit(path, { key })).toMatchObject({ ok: true });
  });
});

describe("F43, F44: a budget", () => {
  const price = { inputUsd: 10, outputUsd: 10 };

  it("F43: is not overspent by 200 requests at the last cent, and its sum is exact", async () => {
    const cap = 10_000;
    const budget = memoryBudget({ gateway: { dailyUsd: cap / 1e6 }, onExceeded: "reject" });
    const usage = { inputTokens: 20, outputTokens: 30, source: "reported" as const };
    const provider = fakeProvider([{ text: "Hi", usage }]);
    const { ask, audit } = await start({ budget, targets: [{ provider, price, maxConcurrent: 200 }] });
    const replies = await Promise.all(Array.from({ length: 200 }, () => ask()));
    const answered = replies.filter(({ status }) => status === 200).length;
    expect(replies.filter(({ said }) => said === "budget_exceeded")).toHaveLength(200 - answered);
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThan(200);
    const [day] = budget.usage();
    expect(day).toMatchObject({ usedMicroUsd: answered * 500, reservedMicroUsd: 0 });
    expect(day?.usedMicroUsd).toBeLessThanOrEqual(cap);
    const audited = audit.records.reduce((sum, { cost_usd }) => sum + Math.round(cost_usd * 1e6), 0);
    expect(audited).toBe(answered * 500);
  });

  it.each([
    [0, { status: 429, said: "budget_exceeded" }],
    [null, { status: 200, said: "model" }],
    [undefined, { status: 200, said: "model" }],
  ])("F44: of %s", async (dailyUsd, expected) => {
    const budget = memoryBudget({ gateway: { dailyUsd }, onExceeded: "reject" });
    expect(await (await start({ budget })).ask()).toEqual(expected);
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY, "20" as unknown as number])(
    "F44: of %s is refused at the start",
    (dailyUsd) => {
      try {
        memoryBudget({ gateway: { dailyUsd } });
        expect.unreachable();
      } catch (error) {
        expect(isGatewayError(error, "invalid_config")).toBe(true);
        expect(String(error)).toContain("dailyUsd");
      }
    },
  );

  it("F44: begins anew at midnight UTC and at the first of a month, once", async () => {
    const clock = manualClock(Date.UTC(2026, 0, 31, 23, 59, 59));
    const budget = memoryBudget({
      gateway: { dailyUsd: 0.01, monthlyUsd: 0.01 },
      onExceeded: "reject",
      clock,
    });
    const usage = { inputTokens: 0, outputTokens: 100, source: "reported" as const };
    const { ask } = await start({
      budget,
      clock,
      targets: [{ provider: fakeProvider([{ text: "Hi", usage }]), price: { inputUsd: 0, outputUsd: 5 } }],
    });
    const until = async () => {
      let answered = 0;
      while (answered < 100 && (await ask()).status === 200) answered++;
      return answered;
    };
    const first = await until();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(100);
    await clock.advance(900);
    expect(await until()).toBe(0);
    await clock.advance(200);
    expect(await until()).toBe(first);
    await clock.advance(1_000);
    expect(await until()).toBe(0);
  });
});
