import { manualClock } from "@levqor/core/testing";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ownPrefix } from "../test-clients.test-support.js";
import { redisBudget } from "./redis-budget.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const call = { task: "chat", caller: { tenantId: "t", userId: "u" } };

describe("redisBudget's keys", () => {
  let client: Redis;
  beforeAll(() => {
    client = new Redis(inject("redisUrl"));
  });
  afterAll(() => client.disconnect());

  it("expire after their window and a lease, and not before", async () => {
    const prefix = ownPrefix();
    const clock = manualClock(Date.UTC(2026, 0, 31, 22));
    const caps = { dailyUsd: 1, monthlyUsd: 2, rollingUsd: 3, rollingMs: 5 * dayMs };
    const budget = redisBudget({ client, prefix, clock, gateway: caps, leaseMs: hourMs });
    const verdict = await budget.reserve({ ...call, microUsd: 10 });
    if (verdict.granted) await verdict.reservation.settle(5);
    const keys = await client.keys(`*${prefix}*`);
    expect(keys.length).toBeGreaterThan(3);
    for (const key of keys) {
      const lifeMs = await client.pttl(key);
      expect(lifeMs, key).toBeGreaterThan(2 * hourMs + hourMs);
      expect(lifeMs, key).toBeLessThan(5 * dayMs + 2 * dayMs);
    }
  });

  it("do not grow with the number of calls: neither reservations nor marks of settlements nor old steps stay", async () => {
    const prefix = ownPrefix();
    const clock = manualClock();
    const gateway = { rollingUsd: 100, rollingMs: dayMs };
    const budget = redisBudget({ client, prefix, clock, gateway });
    for (let step = 0; step < 200; step += 1) {
      const verdict = await budget.reserve({ ...call, microUsd: 10 });
      if (verdict.granted) await verdict.reservation.settle(1);
      await clock.advance(hourMs);
    }
    const keys = await client.keys(`*${prefix}*`);
    expect(keys.length).toBeLessThan(5);
    const account = keys.find((key) => key.endsWith(":m"));
    expect(await client.hlen(account ?? "")).toBeLessThan(60);
    expect(await budget.usage()).toMatchObject([{ usedMicroUsd: 24, reservedMicroUsd: 0 }]);
  });

  it("count amounts exactly, up to the largest safe integer", async () => {
    const budget = redisBudget({ client, prefix: ownPrefix(), gateway: { dailyUsd: 9_000_000_000 } });
    const first = 8_999_999_999_999_998;
    const verdict = await budget.reserve({ ...call, microUsd: first });
    if (verdict.granted) await verdict.reservation.settle(first);
    expect(await budget.usage()).toMatchObject([{ usedMicroUsd: first }]);
    expect((await budget.reserve({ ...call, microUsd: 3 })).granted).toBe(false);
    expect((await budget.reserve({ ...call, microUsd: 2 })).granted).toBe(true);
  });

  it("have one hash tag", async () => {
    const prefix = ownPrefix();
    const budget = redisBudget({ client, prefix, user: { dailyUsd: 1 }, tenant: { dailyUsd: 1 } });
    await budget.reserve({ ...call, microUsd: 1 });
    const keys = await client.keys(`*${prefix}*`);
    expect(new Set(keys.map((key) => /\{(.+?)\}/.exec(key)?.[1]))).toEqual(new Set([`${prefix}budget`]));
  });

  it("are refused with a brace in their prefix, and so are bounds that make no sense", () => {
    const wrong = { client, prefix: "a{b}", timeoutMs: 0, maxPending: 0 };
    expect(() => redisBudget(wrong)).toThrow(/prefix(.|\n)*timeoutMs|timeoutMs(.|\n)*prefix/);
    expect(() => redisBudget(wrong)).toThrow(/maxPending/);
    const noClient = {} as typeof client;
    expect(() => redisBudget({ client: noClient })).toThrow(/client: must be/);
  });
});
