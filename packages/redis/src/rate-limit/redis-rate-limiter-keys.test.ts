import { manualClock } from "@levqor/core/testing";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { eventually } from "../own-server.test-support.js";
import { ownPrefix } from "../test-clients.test-support.js";
import { redisRateLimiter } from "./redis-rate-limiter.js";

const off = { perUser: false, perIp: false } as const;
const call = { task: "chat", caller: { tenantId: "t", userId: "u", ip: "192.0.2.1" } };

describe("redisRateLimiter's keys", () => {
  let client: Redis;
  beforeAll(() => {
    client = new Redis(inject("redisUrl"));
  });
  afterAll(() => client.disconnect());

  it("do not grow with the limit: 3,000 counted calls take no more than 17 entries", async () => {
    const prefix = ownPrefix();
    const clock = manualClock();
    const perUser = { requests: 1_000_000, windowMs: 60_000 };
    const limiter = redisRateLimiter({ client, prefix, clock, timeoutMs: 10_000, ...off, perUser });
    const sizes: number[] = [];
    for (let step = 0; step < 60; step += 1) {
      await Promise.all(Array.from({ length: 50 }, () => limiter.consume(call)));
      await clock.advance(1_500);
      const [key = ""] = await client.keys(`*${prefix}*`);
      sizes.push(await client.strlen(key));
    }
    const entryBytes = 24; // three numbers of MessagePack, at most nine bytes each and less for these
    expect(Math.max(...sizes)).toBeLessThan(17 * entryBytes + 3);
    expect(await client.keys(`*${prefix}*`)).toHaveLength(1);
  });

  it("of idle callers expire, and all have one hash tag", async () => {
    const prefix = ownPrefix();
    const limit = { requests: 5, windowMs: 1_000, tokens: 100, tokenWindowMs: 2_000, concurrent: 2 };
    const limits = {
      perUser: limit,
      perIp: limit,
      perTenant: limit,
      perTask: { chat: limit },
      leaseMs: 3_000,
    };
    const limiter = redisRateLimiter({ client, prefix, timeoutMs: 10_000, ...limits });
    const verdict = await limiter.consume(call);
    if (!verdict.allowed) throw new Error("The call is refused.");
    await verdict.permit?.reserveTokens(10);
    const keys = await client.keys(`*${prefix}*`);
    expect(keys).toHaveLength(12);
    for (const key of keys) {
      expect(key.startsWith(`{${prefix}limits}:`)).toBe(true);
      const lifeMs = await client.pttl(key);
      expect(lifeMs).toBeGreaterThan(50_000);
      expect(lifeMs).toBeLessThan(64_000);
    }
    await verdict.permit?.release(5);
    for (const key of await client.keys(`*${prefix}*`)) expect(await client.pttl(key)).toBeGreaterThan(0);
  });

  it("counts by the server's time: hosts whose clocks differ have one window", async () => {
    const prefix = ownPrefix();
    const perUser = { requests: 1, windowMs: 400 };
    const given = { client, prefix, timeoutMs: 10_000, ...off, perUser };
    const [one, two] = [redisRateLimiter(given), redisRateLimiter(given)];
    expect((await one.consume(call)).allowed).toBe(true);
    const refusal = await two.consume(call);
    if (refusal.allowed) throw new Error("The call is admitted.");
    expect(refusal.retryAfterMs).toBeGreaterThan(0);
    expect(refusal.retryAfterMs).toBeLessThanOrEqual(400);
    await eventually(async () => expect((await two.consume(call)).allowed).toBe(true));
  });
});
