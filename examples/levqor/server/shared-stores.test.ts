import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fakeProvider } from "@levqor/core/testing";
import { verifyAuditTable } from "@levqor/postgres";
import { Redis } from "ioredis";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type OwnServer, ownServer } from "../../../tests/support/own-server.js";
import { createApp } from "./app.js";
import { createLevqorGateway } from "./levqor-gateway.js";
import { listen } from "./listen.js";
import { readServerConfig } from "./server-config.js";
import { sharedStores } from "./shared-stores.js";

let redis: OwnServer;
let postgres: OwnServer;

beforeAll(async () => {
  [redis, postgres] = await Promise.all([ownServer("redis"), ownServer("postgres")]);
});
afterAll(async () => {
  await Promise.all([redis.remove(), postgres.remove()]);
});

/** A server as `main.ts` starts it. */
async function startServer(env: Readonly<Record<string, string>>) {
  const config = readServerConfig(env);
  const stores = sharedStores(config, env);
  await stores.prepare();
  const gateway = await createLevqorGateway({
    auditSink: { write() {} }, // unless the audit is shared
    ...{ env, ...stores.options, provider: fakeProvider([{ text: "By card." }]) },
    logger: { info() {}, warn() {}, error() {} },
  });
  const server: Server = await listen(createApp({ gateway, config, stores }), { port: 0, host: "127.0.0.1" });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/ai/chat`;
  return {
    async ask(message: string) {
      const body = JSON.stringify({ message });
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      const { metadata } = (await response.json()) as { metadata?: { source: string; degraded?: string } };
      return metadata?.degraded ?? metadata?.source ?? response.status;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await gateway.close();
      await stores.close();
    },
  };
}

it("two servers share limits, cache, budget and audit", async () => {
  const env = {
    REDIS_URL: redis.url,
    DATABASE_URL: postgres.url,
    AI_RATE_LIMIT_PER_IP: "3",
    AI_AUDIT_KEY: "a key of these tests, no secret at all",
  };
  const servers = [await startServer(env), await startServer(env)] as const;
  const [one, other] = servers;
  expect(await one.ask("How can I pay?")).toBe("model");
  expect(await other.ask("How can I pay?")).toBe("cache");
  expect(await other.ask("And by invoice?")).toBe("model");
  expect(await one.ask("And in euros?")).toBe(429);
  await Promise.all(servers.map((server) => server.close()));

  const pool = new Pool({ connectionString: postgres.url });
  expect(await verifyAuditTable(pool, { key: env.AI_AUDIT_KEY })).toMatchObject({ ok: true, records: 4 });
  const { rows } = await pool.query("select sum(used_micro_usd)::int as used from ai_budget_balances");
  expect(rows[0].used).toBeGreaterThan(0);
  await pool.end();
});

it("keeps the caps of the environment, in Redis when there is nothing else", async () => {
  const client = new Redis(redis.url);
  await client.flushall();
  client.disconnect();
  const server = await startServer({ REDIS_URL: redis.url, AI_BUDGET_DAILY: "0" });
  expect(await server.ask("How can I pay?")).toBe("budget");
  await server.close();
});

it("says which variable is wrong", async () => {
  const database = { ...readServerConfig({}), databaseUrl: "postgres://nobody@127.0.0.1:1/none" };
  const named = (name: string) => expect.objectContaining({ message: expect.stringContaining(name) });
  await expect(sharedStores(database, {}).prepare()).rejects.toEqual(named("DATABASE_URL"));
  expect(() => sharedStores(database, { AI_AUDIT_KEY: "short" })).toThrow(named("AI_AUDIT_KEY"));
});
