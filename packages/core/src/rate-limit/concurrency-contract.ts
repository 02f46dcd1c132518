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

const ann = { tenantId: "t", userId: "ann" };
const bob = { tenantId: "t", userId: "bob" };

/** Calls at the same time: each holds a place from its admission to its release. */
export const concurrencyContract: readonly ContractCase<CreateRateLimiter>[] = [
  {
    name: "admits as many calls at a time as allowed, and then says which limit was hit",
    async run(create) {
      const { clock, consume } = await rateLimitSubject(create, { perUser: { concurrent: 3 } });
      assert.equal(admitted(await inTurn(3, () => consume(ann))), 3);
      await clock.advance(5 * minute);
      assert.deepEqual(refused(await consume(ann)), {
        allowed: false,
        dimension: "user",
        kind: "concurrent",
        limit: 3,
        windowMs: 0,
        retryAfterMs: 1_000,
      });
      assert((await consume(bob)).allowed);
    },
  },
  {
    name: "of 100 parallel calls admits as many as have a place, and as many again once those are over",
    async run(create) {
      const { consume } = await rateLimitSubject(create, { perUser: { concurrent: 5 } });
      for (let round = 0; round < 3; round += 1) {
        const verdicts = await atOnce(100, () => consume(ann));
        assert.equal(admitted(verdicts), 5);
        await Promise.all(verdicts.map((verdict) => verdict.allowed && verdict.permit?.release(0)));
      }
    },
  },
  {
    name: "a release gives one place back, however often it is made",
    async run(create) {
      const { begin, consume } = await rateLimitSubject(create, { perUser: { concurrent: 2 } });
      const first = await begin(ann);
      await begin(ann);
      await first.release(0);
      await first.release(0);
      await Promise.all([first.release(7), first.release(0)]);
      assert.equal(admitted(await inTurn(2, () => consume(ann))), 1);
    },
  },
  {
    name: "a call that is never released loses its place when its lease ends, and not before",
    async run(create) {
      const { clock, begin, consume } = await rateLimitSubject(create, {
        perUser: { concurrent: 1 },
        leaseMs: minute,
      });
      const late = await begin(ann);
      await clock.advance(minute - 1);
      refused(await consume(ann));
      await clock.advance(1);
      await begin(ann);
      await late.release(0);
      refused(await consume(ann));
    },
  },
  {
    name: "a call refused for its place is not counted as a request, and the other way round",
    async run(create) {
      const { begin, consume, left } = await rateLimitSubject(create, {
        perUser: { concurrent: 1, requests: 3 },
        perTenant: { concurrent: 3, requests: 100 },
      });
      const running = await begin(ann);
      for (const verdict of await inTurn(10, () => consume(ann)))
        assert.equal(refused(verdict).kind, "concurrent");
      await running.release(0);
      await (await begin(ann)).release(0);
      await (await begin(ann)).release(0);
      for (const verdict of await inTurn(10, () => consume(ann)))
        assert.equal(refused(verdict).kind, "requests");
      assert.deepEqual(await left(bob), {
        "user.requests": 2,
        "user.concurrent": 0,
        "tenant.requests": 96,
        "tenant.concurrent": 2,
      });
    },
  },
  {
    name: "a task's places are shared by all of its callers",
    async run(create) {
      const { begin, consume } = await rateLimitSubject(create, { perTask: { chat: { concurrent: 2 } } });
      const [first] = await Promise.all([begin(ann), begin({ ip: "192.0.2.1" })]);
      assert.equal(refused(await consume(bob)).dimension, "task");
      assert((await consume(bob, "debug")).allowed);
      await first.release(0);
      assert((await consume(bob)).allowed);
    },
  },
  {
    name: "changed limits keep the places that are taken",
    async run(create) {
      const { begin, consume, setLimits } = await rateLimitSubject(create, { perUser: { concurrent: 1 } });
      const first = await begin(ann);
      setLimits({ perUser: { concurrent: 2 } });
      const second = await begin(ann);
      setLimits({ perUser: { concurrent: 1 } });
      await first.release(0);
      refused(await consume(ann));
      await second.release(0);
      assert((await consume(ann)).allowed);
    },
  },
];
