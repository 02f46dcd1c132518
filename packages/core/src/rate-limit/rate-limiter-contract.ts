import assert from "node:assert/strict";
import type { ContractCase } from "../testing/contract-case.js";
import {
  admitted,
  atOnce,
  type CreateRateLimiter,
  inTurn,
  minute,
  rateLimitSubject,
  refused,
} from "../testing/rate-limit-subject.js";
import { concurrencyContract } from "./concurrency-contract.js";
import { tokenContract } from "./token-contract.js";

const requestContract: readonly ContractCase<CreateRateLimiter>[] = [
  {
    name: "admits a burst of exactly the limit and then says which limit was hit",
    async run(create) {
      const { consume } = await rateLimitSubject(create, { perUser: { requests: 5, windowMs: minute } });
      const verdicts = await inTurn(6, () => consume({ userId: "u" }));
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
      const { consume } = await rateLimitSubject(create, { perUser: { requests: 20, windowMs: minute } });
      const verdicts = await atOnce(500, () => consume({ userId: "u" }));
      assert.equal(admitted(verdicts), 20);
    },
  },
  {
    name: "admits one request after retryAfterMs and none a millisecond earlier",
    async run(create) {
      const { clock, consume } = await rateLimitSubject(create, {
        perUser: { requests: 3, windowMs: 10_000 },
      });
      await consume({ userId: "u" });
      await clock.advance(4_321);
      await inTurn(2, () => consume({ userId: "u" }));
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
      const { clock, consume } = await rateLimitSubject(create, { perUser: { requests, windowMs } });
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
      const { consume } = await rateLimitSubject(create, {
        perUser: { requests: 1, windowMs: minute },
        perIp: { requests: 3, windowMs: minute },
        perTenant: { requests: 3, windowMs: minute },
      });
      const caller = { tenantId: "t", ip: "192.0.2.1" };
      const verdicts = await inTurn(10, () => consume({ ...caller, userId: "a" }));
      assert.equal(admitted(verdicts), 1);
      assert((await consume({ ...caller, userId: "b" })).allowed);
      assert((await consume({ ...caller, userId: "c" })).allowed);
      refused(await consume({ ...caller, userId: "d" }));
    },
  },
  {
    name: "names the limit that stays shut longest",
    async run(create) {
      const { consume } = await rateLimitSubject(create, {
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
      const { consume } = await rateLimitSubject(create, { perUser: limit, perIp: limit, perTenant: limit });
      assert.equal(admitted(await inTurn(5, () => consume({}))), 5);
    },
  },
  {
    name: "users of different tenants are apart, also when their names are made to collide",
    async run(create) {
      const { consume } = await rateLimitSubject(create, { perUser: { requests: 1, windowMs: minute } });
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
      const { consume } = await rateLimitSubject(create, { perUser: limit, perIp: limit, perTenant: limit });
      for (const caller of [{ userId: "x" }, { ip: "x" }, { tenantId: "x" }]) {
        assert((await consume(caller)).allowed);
      }
    },
  },
  {
    name: "counts IPv6 by /56 and mapped addresses as IPv4",
    async run(create) {
      const { consume } = await rateLimitSubject(create, { perIp: { requests: 1, windowMs: minute } });
      assert((await consume({ ip: "2001:db8:1:2a00::1" })).allowed);
      refused(await consume({ ip: "2001:0db8:0001:2aff:ffff::9" }));
      assert((await consume({ ip: "2001:db8:1:2b00::1" })).allowed);
      assert((await consume({ ip: "192.0.2.1" })).allowed);
      refused(await consume({ ip: "::ffff:192.0.2.1" }));
    },
  },
  {
    name: "a task's limit is for all of its callers together and for no other task",
    async run(create) {
      const { consume } = await rateLimitSubject(create, { perTask: { chat: { requests: 2 } } });
      assert.equal(admitted([await consume({ userId: "a" }), await consume({ userId: "b" })]), 2);
      const refusal = refused(await consume({ ip: "192.0.2.1" }));
      assert.deepEqual([refusal.dimension, refusal.kind], ["task", "requests"]);
      for (const task of ["debug", "constructor", "CHAT"]) assert((await consume({}, task)).allowed, task);
    },
  },
  {
    name: "tells what is left of every limit that was asked, and of no other",
    async run(create) {
      const { left } = await rateLimitSubject(create, {
        perUser: { requests: 5, tokens: 1_000, concurrent: 3 },
        perTenant: { requests: 9 },
        perTask: { chat: { requests: 2, windowMs: 1_000 }, debug: { requests: 7 } },
      });
      const ann = { tenantId: "t", userId: "ann" };
      assert.deepEqual(await left(ann), {
        "user.requests": 4,
        "user.tokens": 1_000,
        "user.concurrent": 2,
        "tenant.requests": 8,
        "task.requests": 1,
      });
      assert.deepEqual(await left({ tenantId: "t" }, "debug"), { "tenant.requests": 7, "task.requests": 6 });
      assert.deepEqual(await left({}, "other"), {});
    },
  },
  {
    name: "names each limit with its size and window in what it tells",
    async run(create) {
      const { consume } = await rateLimitSubject(create, {
        perUser: { requests: 5, windowMs: 2_000, tokens: 70, concurrent: 3 },
      });
      const verdict = await consume({ userId: "u" });
      const limits = verdict.allowed ? (verdict.limits ?? []) : [];
      assert.deepEqual(limits.map(({ kind, limit, windowMs }) => [kind, limit, windowMs]).toSorted(), [
        ["concurrent", 3, 0],
        ["requests", 5, 2_000],
        ["tokens", 70, 3_600_000],
      ]);
    },
  },
  {
    name: "changed limits apply at once and keep what was counted",
    async run(create) {
      const { clock, consume, setLimits } = await rateLimitSubject(create, { perUser: { requests: 2 } });
      await inTurn(2, () => consume({ userId: "u" }));
      setLimits({ perUser: { requests: 3 } });
      assert((await consume({ userId: "u" })).allowed);
      setLimits({ perUser: { requests: 1 }, perIp: { requests: 1 } });
      const refusal = refused(await consume({ userId: "u", ip: "192.0.2.1" }));
      assert.deepEqual([refusal.dimension, refusal.limit, refusal.retryAfterMs], ["user", 1, minute]);
      assert((await consume({ ip: "192.0.2.1" })).allowed, "a refused call was counted");
      setLimits({ perIp: { requests: 1 } });
      assert((await consume({ userId: "u" })).allowed);
      await clock.advance(minute);
      setLimits({ perUser: { requests: 1 } });
      assert((await consume({ userId: "u" })).allowed);
    },
  },
  {
    name: "without limits a change takes back those it was made with",
    async run(create) {
      const { consume, setLimits } = await rateLimitSubject(create, { perUser: { requests: 2 } });
      setLimits({ perUser: { requests: 1 } });
      assert((await consume({ userId: "u" })).allowed);
      refused(await consume({ userId: "u" }));
      setLimits(undefined);
      assert((await consume({ userId: "u" })).allowed);
      assert.equal(refused(await consume({ userId: "u" })).limit, 2);
    },
  },
  {
    name: "limits that make no sense are refused, and the old ones stay",
    async run(create) {
      const { consume, setLimits } = await rateLimitSubject(create, { perUser: { requests: 1 } });
      assert.throws(() => setLimits({ perUser: { requests: 5 }, perIp: { requests: -1 } }), {
        code: "invalid_config",
      });
      assert((await consume({ userId: "u", ip: "192.0.2.1" })).allowed);
      refused(await consume({ userId: "u" }));
    },
  },
];

/** What every `RateLimiter` keeps. */
export const rateLimiterContract: readonly ContractCase<CreateRateLimiter>[] = [
  ...requestContract,
  ...tokenContract,
  ...concurrencyContract,
];
