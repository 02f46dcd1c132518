import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { manualClock } from "../testing/manual-clock.js";
import { memoryRateLimiter } from "./memory-rate-limiter.js";
import { rateLimiterContract } from "./rate-limiter-contract.js";

describe("contract", () => {
  for (const { name, run } of rateLimiterContract) it(name, () => run(memoryRateLimiter));
});

const chat = (userId: string, ip?: string) => ({ task: "chat", caller: { userId, ip } });

it("has 20 a minute for users, 100 for addresses and no limit for tenants", () => {
  const limiter = memoryRateLimiter({ clock: manualClock() });
  const admit = (caller: object) =>
    Array.from({ length: 300 }, () => limiter.consume({ task: "chat", caller })).filter(
      (verdict) => verdict.allowed,
    ).length;
  expect(admit({ userId: "u" })).toBe(20);
  expect(admit({ ip: "192.0.2.1" })).toBe(100);
  expect(admit({ tenantId: "t" })).toBe(300);
});

it("a jump of the wall clock neither opens nor closes a window", async () => {
  const clock = manualClock();
  let jumpMs = 0;
  const limiter = memoryRateLimiter({
    perUser: { requests: 1, windowMs: 60_000 },
    clock: { ...clock, now: () => clock.now() + jumpMs },
  });
  limiter.consume(chat("u"));
  for (jumpMs of [3_600_000, -3_600_000]) {
    expect(limiter.consume(chat("u"))).toMatchObject({ allowed: false, retryAfterMs: 60_000 });
  }
  await clock.advance(60_000);
  expect(limiter.consume(chat("u"))).toMatchObject({ allowed: true });
});

it("rounds retryAfterMs up when the clock counts fractions", () => {
  let nowMs = 0.25;
  const clock = { ...manualClock(), monotonic: () => nowMs };
  const limiter = memoryRateLimiter({ perUser: { requests: 1, windowMs: 1_000 }, clock });
  limiter.consume(chat("u"));
  nowMs = 500.5;
  expect(limiter.consume(chat("u"))).toMatchObject({ retryAfterMs: 500 });
  nowMs = 1_000.5;
  expect(limiter.consume(chat("u"))).toMatchObject({ allowed: true });
});

it("forgets 30,000 idle callers as others come", async () => {
  const clock = manualClock();
  const limiter = memoryRateLimiter({ perUser: { requests: 2, windowMs: 1_000 }, clock });
  for (let user = 0; user < 30_000; user += 1) limiter.consume(chat(`old-${user}`));
  expect(limiter.size).toBe(30_000);
  await clock.advance(1_000);
  for (let user = 0; user < 30_000; user += 1) limiter.consume(chat("new"));
  expect(limiter.size).toBe(1);
});

it("never remembers more than maxKeys callers and keeps the latest", () => {
  const limiter = memoryRateLimiter({
    perUser: false,
    perIp: { requests: 1, windowMs: 60_000 },
    maxKeys: 1_000,
    clock: manualClock(),
  });
  const visit = (client: number) => limiter.consume({ task: "chat", caller: { ip: `client-${client}` } });
  for (let client = 0; client < 5_000; client += 1) visit(client);
  expect(limiter.size).toBe(1_000);
  expect(visit(4_999).allowed).toBe(false);
  expect(visit(0).allowed).toBe(true);
});

it("forgets the caller who was idle longest, not the one who came first", () => {
  const limiter = memoryRateLimiter({
    perUser: { requests: 2, windowMs: 60_000 },
    maxKeys: 3,
    clock: manualClock(),
  });
  for (const user of ["first", "idle", "third", "first", "fourth"]) limiter.consume(chat(user));
  expect(limiter.consume(chat("first")).allowed).toBe(false);
});

it("counts a request at most a sixteenth of the window too long", async () => {
  const clock = manualClock();
  const limiter = memoryRateLimiter({ perUser: { requests: 100, windowMs: 16_000 }, clock });
  for (let request = 0; request < 100; request += 1) {
    limiter.consume(chat("u"));
    await clock.advance(100);
  }
  const verdict = limiter.consume(chat("u"));
  expect(verdict).toMatchObject({ allowed: false, retryAfterMs: 16_000 + 900 - 10_000 });
});

it("a caller who is refused all the time is not remembered any longer for it", async () => {
  const clock = manualClock();
  const limiter = memoryRateLimiter({ perUser: { requests: 1, windowMs: 1_000 }, perIp: false, clock });
  limiter.consume(chat("noisy"));
  for (let step = 0; step < 9; step += 1) {
    await clock.advance(100);
    expect(limiter.consume(chat("noisy")).allowed).toBe(false);
  }
  await clock.advance(100);
  limiter.consume(chat("other"));
  expect(limiter.size).toBe(1);
});

it("a flood of other callers frees no place and no tokens of one who runs", async () => {
  const limiter = memoryRateLimiter({
    perUser: { concurrent: 1, tokens: 100 },
    perIp: false,
    maxKeys: 10,
    clock: manualClock(),
  });
  const first = limiter.consume(chat("busy"));
  if (!first.allowed) throw new Error("refused");
  expect(await first.permit?.reserveTokens(100)).toBeUndefined();
  for (let user = 0; user < 100; user += 1) {
    const verdict = limiter.consume(chat(`flood-${user}`));
    if (verdict.allowed) await verdict.permit?.release(0);
  }
  expect(limiter.size).toBe(10);
  expect(limiter.consume(chat("busy"))).toMatchObject({ allowed: false, kind: "concurrent" });
  await first.permit?.release(100);
  const second = limiter.consume(chat("busy"));
  expect(second).toMatchObject({ allowed: true, limits: [{ kind: "tokens", remaining: 0 }, {}] });
});

it("keeps leases apart from limits that change, and forgets the permits of calls that died", async () => {
  const clock = manualClock();
  const perUser = { concurrent: 1 };
  const limiter = memoryRateLimiter({ perUser, perIp: false, leaseMs: 1_000, clock });
  for (let user = 0; user < 1_000; user += 1) limiter.consume(chat(`dead-${user}`));
  limiter.setLimits({ perUser, perIp: false, leaseMs: 1 });
  await clock.advance(999);
  expect(limiter.consume(chat("dead-0")).allowed).toBe(false);
  await clock.advance(1);
  expect(limiter.consume(chat("dead-0")).allowed).toBe(true);
  for (let call = 0; call < 1_000; call += 1) limiter.consume(chat("dead-0"));
  expect(limiter.size).toBe(1);
});

it.each([Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY])("sets no %d tokens aside", (tokens) => {
  const verdict = memoryRateLimiter({ perUser: { tokens: 10 } }).consume(chat("u"));
  if (!verdict.allowed) throw new Error("refused");
  expect(() => verdict.permit?.reserveTokens(tokens)).toThrowError(
    expect.toSatisfy((error) => isGatewayError(error, "internal")),
  );
});

it("lists every bad option at once", () => {
  const create = () =>
    memoryRateLimiter({
      perUser: { requests: 0, windowMs: 60_000 },
      perIp: { requests: 1.5, windowMs: Number.NaN },
      // @ts-expect-error neither a limit nor false
      perTenant: null,
      // @ts-expect-error a misspelt limit
      perTask: { chat: { request: 5 } },
      leaseMs: 0,
      maxKeys: 0,
    });
  expect(create).toThrowError(
    expect.toSatisfy(
      (error) => isGatewayError(error, "invalid_config") && error.details.problems.length === 8,
    ),
  );
});
