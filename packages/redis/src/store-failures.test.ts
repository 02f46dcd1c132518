import { isGatewayError } from "@levqor/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redisBudget } from "./budget/redis-budget.js";
import { redisResponseCache } from "./cache/redis-response-cache.js";
import type { RedisClient } from "./connection/redis-client.js";
import { eventually, type OwnServer, ownServer } from "./own-server.test-support.js";
import { redisPolicyStore } from "./policy/redis-policy-store.js";
import { redisRateLimiter } from "./rate-limit/redis-rate-limiter.js";
import { redisReplayStore } from "./replay/redis-replay-store.js";
import { redisStreamStore } from "./streams/redis-stream-store.js";
import { clientKinds, ownPrefix } from "./test-clients.test-support.js";

const timeoutMs = 300;
/** A stall lasts this long; whoever waits for its end has waited too long. */
const stallMs = 5_000;
/** A timeout and what a busy machine may add, for two commands of a call. */
const inTimeMs = 2_500;

const call = { task: "chat", caller: { tenantId: "t", userId: "u" } };
const request = () => ({ ...call, microUsd: 10 });

/** Every store on one client, each with an operation that must write. */
function storesOn(client: RedisClient) {
  const given = { client, prefix: ownPrefix(), timeoutMs };
  const limiter = redisRateLimiter({ ...given, perUser: { requests: 1_000_000, concurrent: 1_000_000 } });
  const budget = redisBudget({ ...given, gateway: { dailyUsd: 1_000 } });
  const policy = redisPolicyStore(given);
  const streams = redisStreamStore(given);
  const replay = redisReplayStore(given);
  const cache = redisResponseCache(given);
  let version = 0;
  const operations: Readonly<Record<string, () => Promise<unknown>>> = {
    "rate limiter": () => Promise.resolve(limiter.consume(call)),
    budget: () => budget.reserve(request()),
    "policy store": async () => {
      const current = (await policy.read()) as { version: number } | undefined;
      version = current?.version ?? 0;
      await policy.publish({ version: version + 1 });
    },
    "stream store": async () => (await streams.open(["a"], { stop() {} })).close(),
    "replay store": () => replay.claim(crypto.randomUUID(), 60_000),
  };
  return { operations, budget, cache, prefix: given.prefix };
}

async function timed(work: () => Promise<unknown>) {
  const startMs = performance.now();
  const error = await work().then(
    () => undefined,
    (failure: unknown) => failure,
  );
  return { error, tookMs: performance.now() - startMs };
}

/** Every store says in time that it can't answer, and the cache answers with a miss. */
async function expectRefusals({ operations, cache }: ReturnType<typeof storesOn>) {
  for (const [name, operation] of Object.entries(operations)) {
    const { error, tookMs } = await timed(operation);
    expect(isGatewayError(error, "store_unavailable"), `${name}: ${String(error)}`).toBe(true);
    expect(tookMs, name).toBeLessThan(inTimeMs);
  }
  const startMs = performance.now();
  const lookup = await cache.lookup({ partition: "p", key: "k" }, { signal: new AbortController().signal });
  expect(lookup.state).toBe("miss");
  if (lookup.state === "miss") await lookup.store({ text: "x" }, 60_000);
  expect(performance.now() - startMs).toBeLessThan(inTimeMs);
  expect(lookup).toMatchObject({ state: "miss", storeDown: true });
  expect(cache.stats().failures).toBeGreaterThan(0);
}

async function expectRecovery({ operations, cache }: ReturnType<typeof storesOn>) {
  for (const operation of Object.values(operations)) await eventually(operation);
  const key = { partition: "p", key: crypto.randomUUID() };
  const signal = new AbortController().signal;
  const lookup = await cache.lookup(key, { signal });
  if (lookup.state === "miss") await lookup.store({ text: "kept" }, 60_000);
  expect((await cache.lookup(key, { signal })).state).toBe("hit");
}

describe.each(clientKinds)("stores on $kind, when Redis", ({ open }) => {
  let server: OwnServer;
  beforeAll(async () => {
    server = await ownServer();
  });
  afterAll(() => server.close());

  it("is gone and comes back: refuse in time, at once while it rests, and recover", async () => {
    const stores = storesOn(await open(server.url));
    await expectRecovery(stores);
    await server.kill();
    await expectRefusals(stores);
    const startMs = performance.now();
    const again = await Promise.all(
      Array.from({ length: 200 }, () => timed(() => stores.budget.reserve(request()))),
    );
    expect(again.every(({ error }) => isGatewayError(error, "store_unavailable"))).toBe(true);
    expect(performance.now() - startMs).toBeLessThan(inTimeMs);
    await server.start();
    await expectRecovery(stores);
  });

  it("is gone and comes back: what was asked meanwhile is not done then", async () => {
    const given = { client: await open(server.url), prefix: ownPrefix() };
    const first = redisReplayStore({ ...given, timeoutMs });
    await first.claim("before", 60_000);
    await server.kill();
    // One command may be on its way when the server dies, and be sent again by the client.
    await expect(first.claim("dying", 60_000)).rejects.toMatchObject({ code: "store_unavailable" });
    const second = redisReplayStore({ ...given, timeoutMs: timeoutMs + 1 });
    await expect(second.claim("meanwhile", 60_000)).rejects.toMatchObject({ code: "store_unavailable" });
    await server.start();
    await eventually(() => second.claim("after", 60_000));
    expect(await second.claim("meanwhile", 60_000)).toBe(true);
  });

  it("was never there: refuse in time, and begin when it is", async () => {
    await server.kill();
    const stores = storesOn(await open(server.url, { isThere: false }));
    await expectRefusals(stores);
    await server.start();
    await expectRecovery(stores);
  });

  it("stalls for five seconds: no call waits for its end, and 100 calls wait no longer than one", async () => {
    const stores = storesOn(await open(server.url));
    await expectRecovery(stores);
    await server.command("CLIENT", "PAUSE", String(stallMs), "ALL");
    const startMs = performance.now();
    await expectRefusals(stores);
    for (let round = 0; round < 100; round += 1) await timed(() => stores.budget.reserve(request()));
    expect(performance.now() - startMs).toBeLessThan(stallMs - 500);
    await expectRecovery(stores);
  });

  it("is a read-only replica: refuse at once, and write again when it is the master", async () => {
    const stores = storesOn(await open(server.url));
    await expectRecovery(stores);
    await server.command("REPLICAOF", "127.0.0.1", "1");
    await expectRefusals(stores);
    const { tookMs } = await timed(() => stores.budget.reserve(request()));
    expect(tookMs).toBeLessThan(timeoutMs);
    await server.command("REPLICAOF", "NO", "ONE");
    await expectRecovery(stores);
  });

  it("forgets its scripts in the middle: no call notices", async () => {
    const stores = storesOn(await open(server.url));
    for (let round = 0; round < 10; round += 1) {
      const flushed = server.command("SCRIPT", "FLUSH", "SYNC");
      await Promise.all(Object.values(stores.operations).map((operation) => operation()));
      await flushed;
    }
  });

  it("has values of another type under the stores' keys: refuse, and go on when they are gone", async () => {
    const stores = storesOn(await open(server.url));
    await expectRecovery(stores);
    const spoilt = await spoilKeys(server, stores.prefix);
    expect(spoilt.length).toBeGreaterThan(6);
    for (const name of ["rate limiter", "budget", "policy store"]) {
      const { error, tookMs } = await timed(stores.operations[name] ?? (async () => {}));
      expect(isGatewayError(error, "store_unavailable"), `${name}: ${String(error)}`).toBe(true);
      expect(tookMs).toBeLessThan(inTimeMs);
    }
    await stores.operations["replay store"]?.();
    await server.command("DEL", ...spoilt);
    await expectRecovery(stores);
  });
});

/** Gives every key of a prefix a value of another type. */
async function spoilKeys(server: OwnServer, prefix: string): Promise<string[]> {
  const keys = (await server.command("KEYS", `*${prefix}*`)) as string[];
  for (const key of keys) {
    const type = await server.command("TYPE", key);
    await server.command("DEL", key);
    if (type === "string") await server.command("HSET", key, "field", "value");
    else await server.command("SET", key, "value");
  }
  return keys;
}
