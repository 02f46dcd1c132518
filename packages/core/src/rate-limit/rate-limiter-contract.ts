import assert from "node:assert/strict";
import type { Clock } from "../clock.js";
import type { Caller } from "../pipeline/task-call.js";
import type { ContractCase } from "../testing/contract-case.js";
import { manualClock } from "../testing/manual-clock.js";
import type { RateLimitOptions } from "./rate-limit-options.js";
import type { RateLimiter, RateLimitVerdict } from "./rate-limiter.js";

/** Makes a limiter that has counted nothing yet. */
export type CreateRateLimiter = (
  options: RateLimitOptions & { readonly clock: Clock },
) => RateLimiter | Promise<RateLimiter>;

const minute = 60_000;
const off = { perUser: false, perIp: false, perTenant: false } as const;

async function consumeTimes(times: number, consume: () => RateLimitVerdict | Promise<RateLimitVerdict>) {
  const verdicts: RateLimitVerdict[] = [];
  for (let index = 0; index < times; index += 1) verdicts.push(await consume());
  return verdicts;
}

const admitted = (verdicts: readonly RateLimitVerdict[]) =>
  verdicts.filter((verdict) => verdict.allowed).length;

function refused(verdict: RateLimitVerdict) {
  assert(!verdict.allowed, "expected a refusal");
  return verdict;
}

/** A limiter with one limit, asked by one caller at a time. */
async function subject(create: CreateRateLimiter, options: RateLimitOptions) {
  const clock = manualClock();
  const limiter = await create({ ...off, ...options, clock });
  const consume = (caller: Caller) => limiter.consume({ task: "chat", caller });
  return { clock, consume };
}

/** What every {@link RateLimiter} keeps. */
export const rateLimiterContract: readonly ContractCase<CreateRateLimiter>[] = [
  {
    name: "admits a burst of exactly the limit and then says which limit was hit",
    async run(create) {
      const { consume } = await subject(create, { perUser: { requests: 5, windowMs: minute } });
      const verdicts = await consumeTimes(6, () => consume({ userId: "u" }));
      assert.equal(admitted(verdicts.slice(0, 5)), 5);
      assert.deepEqual(verdicts[5], {
        allowed: false,
        dimension: "user",
        kind: "requests",
        limit: 5,
        windowMs: minute,
        retryAfterMs: minute,
      });
    },
  },
  {
    name: "admits exactly the limit out of 500 parallel requests",
    async run(create) {
      const { consume } = await subject(create, { perUser: { requests: 20, windowMs: minute } });
      const verdicts = await Promise.all(Array.from({ length: 500 }, () => consume({ userId: "u" })));
      assert.equal(admitted(verdicts), 20);
    },
  },
  {
    name: "admits one request after retryAfterMs and none a millisecond earlier",
    async run(create) {
      const { clock, consume } = await subject(create, { perUser: { requests: 3, windowMs: 10_000 } });
      await consume({ userId: "u" });
      await clock.advance(4_321);
      await consumeTimes(2, () => consume({ userId: "u" }));
      const { retryAfterMs } = refused(await consume({ userId: "u" }));
      assert.equal(retryAfterMs, 10_000 - 4_321);
      await clock.advance(retryAfterMs - 1);
      assert.equal(refused(await consume({ userId: "u" })).retryAfterMs, 1);
      await clock.advance(1);
      assert((await consume({ userId: "u" })).allowed);
      assert.equal(refused(await consume({ userId: "u" })).retryAfterMs, 4_321);
    },
  },
  {
    name: "never admits more than the limit in any window, however the requests fall",
    async run(create) {
      const [requests, windowMs] = [7, 1_000];
      const { clock, consume } = await subject(create, { perUser: { requests, windowMs } });
      const times: number[] = [];
      for (let step = 0; step < 1_000; step += 1) {
        if ((await consume({ userId: "u" })).allowed) times.push(clock.now());
        await clock.advance((step * 7) % 23);
      }
      assert(times.length > requests * 10, "the limiter stays shut");
      for (const start of times) {
        const inWindow = times.filter((time) => time >= start && time < start + windowMs).length;
        assert(inWindow <= requests, `${inWindow} requests in one window`);
      }
    },
  },
  {
    name: "a refused request consumes nothing in any dimension",
    async run(create) {
      const { consume } = await subject(create, {
        perUser: { requests: 1, windowMs: minute },
        perIp: { requests: 3, windowMs: minute },
        perTenant: { requests: 3, windowMs: minute },
      });
      const caller = { tenantId: "t", ip: "192.0.2.1" };
      const verdicts = await consumeTimes(10, () => consume({ ...caller, userId: "a" }));
      assert.equal(admitted(verdicts), 1);
      assert((await consume({ ...caller, userId: "b" })).allowed);
      assert((await consume({ ...caller, userId: "c" })).allowed);
      refused(await consume({ ...caller, userId: "d" }));
    },
  },
  {
    name: "names the limit that stays shut longest",
    async run(create) {
      const { consume } = await subject(create, {
        perUser: { requests: 1, windowMs: 1_000 },
        perIp: { requests: 1, windowMs: minute },
      });
      const caller = { userId: "u", ip: "192.0.2.1" };
      await consume(caller);
      const refusal = refused(await consume(caller));
      assert.equal(refusal.dimension, "ip");
      assert.equal(refusal.retryAfterMs, minute);
    },
  },
  {
    name: "callers without a user, an address or a tenant have no such limit",
    async run(create) {
      const limit = { requests: 1, windowMs: minute };
      const { consume } = await subject(create, { perUser: limit, perIp: limit, perTenant: limit });
      assert.equal(admitted(await consumeTimes(5, () => consume({}))), 5);
    },
  },
  {
    name: "users of different tenants are apart, also when their names are made to collide",
    async run(create) {
      const { consume } = await subject(create, { perUser: { requests: 1, windowMs: minute } });
      const callers = [
        { tenantId: "a:b", userId: "c" },
        { tenantId: "a", userId: "b:c" },
        { tenantId: 'a","b', userId: "c" },
        { tenantId: "a", userId: 'b","c' },
        { userId: "c" },
        { tenantId: "", userId: "c" },
      ];
      for (const caller of callers) assert((await consume(caller)).allowed);
      for (const caller of callers) refused(await consume(caller));
    },
  },
  {
    name: "a user, an address and a tenant of the same name are counted apart",
    async run(create) {
      const limit = { requests: 1, windowMs: minute };
      const { consume } = await subject(create, { perUser: limit, perIp: limit, perTenant: limit });
      for (const caller of [{ userId: "x" }, { ip: "x" }, { tenantId: "x" }]) {
        assert((await consume(caller)).allowed);
      }
    },
  },
  {
    name: "counts IPv6 by /56 and mapped addresses as IPv4",
    async run(create) {
      const { consume } = await subject(create, { perIp: { requests: 1, windowMs: minute } });
      assert((await consume({ ip: "2001:db8:1:2a00::1" })).allowed);
      refused(await consume({ ip: "2001:0db8:0001:2aff:ffff::9" }));
      assert((await consume({ ip: "2001:db8:1:2b00::1" })).allowed);
      assert((await consume({ ip: "192.0.2.1" })).allowed);
      refused(await consume({ ip: "::ffff:192.0.2.1" }));
    },
  },
];
