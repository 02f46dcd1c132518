import assert from "node:assert/strict";
import type { ContractCase } from "../testing/contract-case.js";
import { atOnce, type CreateRateLimiter, inTurn, rateLimitSubject } from "../testing/rate-limit-subject.js";

const hour = 3_600_000;
const ann = { tenantId: "t", userId: "ann" };
const bob = { tenantId: "t", userId: "bob" };

/** A thousand tokens for each user, and one call of `ann` after the other. */
async function thousandTokens(create: CreateRateLimiter) {
  const subject = await rateLimitSubject(create, { perUser: { tokens: 1_000 } });
  /** A call that sets `reserved` aside, which must be granted, and uses `used`. */
  async function use(reserved: number, used = reserved) {
    const permit = await subject.begin(ann);
    assert.equal(await permit.reserveTokens(reserved), undefined);
    await permit.release(used);
  }
  const tokensLeft = async () => (await subject.left(ann))["user.tokens"];
  return { ...subject, use, tokensLeft };
}

/** Tokens: set aside before the model is asked, corrected to what was used. */
export const tokenContract: readonly ContractCase<CreateRateLimiter>[] = [
  {
    name: "tokens are set aside up to exactly the limit, and the refusal names it",
    async run(create) {
      const { begin } = await rateLimitSubject(create, { perUser: { tokens: 1_000, tokenWindowMs: 10_000 } });
      assert.equal(await (await begin(ann)).reserveTokens(999), undefined);
      const permit = await begin(ann);
      assert.deepEqual(await permit.reserveTokens(2), {
        allowed: false,
        dimension: "user",
        kind: "tokens",
        limit: 1_000,
        windowMs: 10_000,
        retryAfterMs: 10_000,
      });
      assert.equal(await permit.reserveTokens(1), undefined);
    },
  },
  {
    name: "of the tokens set aside only those used stay counted",
    async run(create) {
      const { use, tokensLeft } = await thousandTokens(create);
      await use(900, 100);
      assert.equal(await tokensLeft(), 900);
      await use(900, 0);
      await use(900, 900);
      assert.equal(await tokensLeft(), 0);
    },
  },
  {
    name: "more tokens used than set aside are counted all the same",
    async run(create) {
      const { begin, use, tokensLeft } = await thousandTokens(create);
      await use(100, 990);
      assert.notEqual(await (await begin(ann)).reserveTokens(11), undefined);
      await (await begin(ann)).release(5);
      assert.equal(await tokensLeft(), 5);
      await use(5, 800);
      assert.equal(await tokensLeft(), 0);
    },
  },
  {
    name: "what a permit sets aside in several parts is corrected as one",
    async run(create) {
      const { begin, tokensLeft } = await thousandTokens(create);
      const permit = await begin(ann);
      for (const tokens of [300, 0, 400]) assert.equal(await permit.reserveTokens(tokens), undefined);
      assert.notEqual(await permit.reserveTokens(301), undefined);
      assert.equal(await tokensLeft(), 300);
      await permit.release(350);
      assert.equal(await tokensLeft(), 650);
    },
  },
  {
    name: "a permit is released once",
    async run(create) {
      const { begin, tokensLeft } = await thousandTokens(create);
      const permit = await begin(ann);
      await permit.reserveTokens(500);
      await permit.release(200);
      await permit.release(0);
      await Promise.all([permit.release(1_000), permit.release(0)]);
      assert.equal(await tokensLeft(), 800);
    },
  },
  {
    name: "a figure that is no amount leaves everything counted that was set aside",
    async run(create) {
      for (const figure of [Number.NaN, -5]) {
        const { use, tokensLeft } = await thousandTokens(create);
        await use(400, figure);
        assert.equal(await tokensLeft(), 600);
      }
    },
  },
  {
    name: "100 parallel calls of 100 tokens on a limit that is enough for 10 get 10",
    async run(create) {
      const { begin, tokensLeft } = await thousandTokens(create);
      const permits = await atOnce(100, () => begin(ann));
      const answers = await Promise.all(permits.map((permit) => permit.reserveTokens(100)));
      assert.equal(answers.filter((refusal) => refusal === undefined).length, 10);
      await Promise.all(
        permits.map((permit, index) => permit.release(answers[index] === undefined ? 10 : 0)),
      );
      assert.equal(await tokensLeft(), 900);
    },
  },
  {
    name: "tokens that one limit refuses are set aside in none",
    async run(create) {
      const { begin, left } = await rateLimitSubject(create, {
        perUser: { tokens: 100 },
        perTenant: { tokens: 1_000 },
        perTask: { chat: { tokens: 2_000 } },
      });
      const permit = await begin(ann);
      for (let attempt = 0; attempt < 20; attempt += 1)
        assert.equal((await permit.reserveTokens(101))?.dimension, "user");
      assert.deepEqual(await left(bob), { "user.tokens": 100, "tenant.tokens": 1_000, "task.tokens": 2_000 });
      assert.equal(await permit.reserveTokens(100), undefined);
      assert.deepEqual(await left(bob), { "user.tokens": 100, "tenant.tokens": 900, "task.tokens": 1_900 });
    },
  },
  {
    name: "a call that needs no tokens is admitted when they are used up",
    async run(create) {
      const { begin, use, tokensLeft } = await thousandTokens(create);
      await use(1_000);
      assert.equal(await tokensLeft(), 0);
      const permit = await begin(ann);
      assert.notEqual(await permit.reserveTokens(1), undefined);
      await permit.release(0);
    },
  },
  {
    name: "more tokens than the limit are refused however long one waits, and take nothing",
    async run(create) {
      const { clock, begin, tokensLeft } = await thousandTokens(create);
      const permit = await begin(ann);
      const refusal = await permit.reserveTokens(1_001);
      assert(
        refusal !== undefined && refusal.retryAfterMs > 0,
        "expected a refusal that says when to come back",
      );
      await clock.advance(refusal.retryAfterMs);
      assert.notEqual(await permit.reserveTokens(1_001), undefined);
      assert.equal(await tokensLeft(), 1_000);
    },
  },
  {
    name: "tokens leave after their window: not a millisecond earlier, and by when the refusal said",
    async run(create) {
      const { clock, begin, use } = await thousandTokens(create);
      await use(600);
      await clock.advance(hour / 2);
      await use(400);
      const permit = await begin(ann);
      await clock.advance(hour / 2 - 1);
      assert.equal((await permit.reserveTokens(600))?.retryAfterMs, 1);
      const both = await permit.reserveTokens(601);
      assert.equal(both?.retryAfterMs, hour / 2 + 1);
      await clock.advance(1);
      assert.equal(await permit.reserveTokens(600), undefined);
      assert.equal((await permit.reserveTokens(1))?.retryAfterMs, hour / 2);
    },
  },
  {
    name: "calls of any hour never use more than the limit, however they fall",
    async run(create) {
      const { clock, begin } = await thousandTokens(create);
      const calls: { readonly atMs: number; readonly used: number }[] = [];
      for (let step = 0; step < 300; step += 1) {
        const permit = await begin(ann);
        const reserved = (step * 89) % 400;
        const isGranted = (await permit.reserveTokens(reserved)) === undefined;
        const used = isGranted ? (step * 37) % (reserved + 1) : 0;
        await permit.release(used);
        calls.push({ atMs: clock.now(), used });
        await clock.advance((step * 7_919) % 600_000);
      }
      for (const { atMs: start } of calls) {
        const inHour = calls.filter(({ atMs }) => atMs >= start && atMs < start + hour);
        const total = inHour.reduce((sum, { used }) => sum + used, 0);
        assert(total <= 1_000, `${total} tokens in one hour`);
      }
      assert(calls.filter(({ used }) => used > 0).length > 100, "the limiter stays shut");
    },
  },
  {
    name: "changed limits keep the tokens that were counted",
    async run(create) {
      const { begin, use, setLimits } = await thousandTokens(create);
      await use(900);
      setLimits({ perUser: { tokens: 2_000 } });
      const [first, second] = await inTurn(2, () => begin(ann));
      assert.equal(await first?.reserveTokens(1_100), undefined);
      assert.notEqual(await second?.reserveTokens(1), undefined);
    },
  },
];
