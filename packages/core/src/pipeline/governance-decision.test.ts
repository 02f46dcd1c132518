import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.js";
import { fakeProvider } from "../testing/fake-provider.js";
import {
  caller,
  caps,
  leaveAtFirstWord,
  left,
  noon,
  recordedGateway,
  target,
} from "./governance-recorder.test-support.js";
import { governedGateway } from "./governed-gateway.test-support.js";

/** A call uses 10 and 5 tokens: 60 micro-dollars at the dear target, 6 at the cheap one. */
const costs = { dear: 60, cheap: 6 };
const outage = new GatewayError("provider_unavailable", "down");

const attempt = (name: keyof typeof costs) => ({
  target: name,
  provider: `provider-of-${name}`,
  model: `model-of-${name}`,
  outcome: "ok",
  durationMs: expect.any(Number),
  usage: { inputTokens: 10, outputTokens: 5, source: "reported" },
  costMicroUsd: costs[name],
});
const failedAttempt = (name: keyof typeof costs) => ({
  ...attempt(name),
  outcome: "provider_unavailable",
  usage: undefined,
  costMicroUsd: 0,
});

/** What every record of a call says that the policy let through, whatever came of it. */
const governed = {
  task: "echo",
  caller,
  startedAtMs: noon,
  policyVersion: 7,
  flags: { beta: true },
  switch: { on: true },
  rateLimit: left(1),
  unavailable: [],
};
const nothingSpent = {
  reservedMicroUsd: 0,
  chargedMicroUsd: 0,
  lookupMicroUsd: 0,
  exceeded: undefined,
  degradedTo: undefined,
  before: [],
  after: [],
};
const paid = {
  ...nothingSpent,
  reservedMicroUsd: expect.any(Number),
  chargedMicroUsd: costs.dear,
  before: caps(0),
  after: caps(costs.dear),
};
const answered = {
  ...governed,
  cache: "miss",
  budget: paid,
  attempts: [attempt("dear")],
  source: "model",
  provider: "provider-of-dear",
  model: "model-of-dear",
  degraded: undefined,
  outcome: "ok",
  error: undefined,
};

describe("the X-Request-Id of a reply leads to a complete decision: of a call that", () => {
  it.each(["application/json", "text/event-stream"])("was answered, as %s", async (accept) => {
    const { status, decision } = await recordedGateway()({ accept });
    expect(status).toBe(200);
    expect(decision).toMatchObject(answered);
    expect(decision.budget.reservedMicroUsd).toBeGreaterThan(costs.dear);
    expect(decision.steps).toEqual([
      ...["validate", "kill-switch", "authorize", "rate-limit", "sanitize", "mask", "cache.lookup"],
      ...["budget.reserve", "route", "output", "cache.store", "budget.settle", "audit"],
    ]);
  });

  it("was cached: it took of the limits, and no money", async () => {
    const ask = recordedGateway();
    const first = await ask();
    const { decision } = await ask();
    expect(decision).toMatchObject({
      ...answered,
      rateLimit: left(2, 15),
      cache: "hit",
      budget: nothingSpent,
      attempts: [],
      source: "cache",
    });
    expect(decision.requestId).not.toBe(first.decision.requestId);
  });

  it("went to the next target: each attempt is in it", async () => {
    const { decision } = await recordedGateway({ dear: { error: outage } })();
    const { cheap } = costs;
    expect(decision).toMatchObject({
      ...answered,
      budget: { ...paid, chargedMicroUsd: cheap, after: caps(cheap) },
      attempts: [failedAttempt("dear"), attempt("cheap")],
      provider: "provider-of-cheap",
      model: "model-of-cheap",
    });
  });

  it("a cap sent to a cheaper target", async () => {
    const budget = { gateway: { dailyUsd: 0.0005, onExceeded: { degradeTo: "cheap" } } };
    const { decision } = await recordedGateway({ policy: { budget } })();
    const cap = { ...caps(0)[1], scope: "gateway", limitMicroUsd: 500 };
    expect(decision).toMatchObject({
      ...answered,
      budget: {
        ...paid,
        chargedMicroUsd: costs.cheap,
        exceeded: cap,
        degradedTo: "cheap",
        before: [cap],
        after: [{ ...cap, usedMicroUsd: costs.cheap }],
      },
      attempts: [attempt("cheap")],
      provider: "provider-of-cheap",
      model: "model-of-cheap",
    });
  });
});

describe("and of a call that", () => {
  const refused = {
    ...governed,
    cache: "bypass",
    budget: nothingSpent,
    attempts: [],
    source: undefined,
    provider: undefined,
    model: undefined,
    degraded: undefined,
    outcome: "refused",
  };

  it("a limit refused", async () => {
    const ask = recordedGateway();
    for (const question of ["One?", "Two?"]) await ask({ question });
    const { status, decision } = await ask({ question: "Three?" });
    expect(status).toBe(429);
    expect(decision).toMatchObject({
      ...refused,
      rateLimit: {
        allowed: false,
        dimension: "user",
        kind: "requests",
        limit: 2,
        windowMs: 60_000,
        retryAfterMs: 60_000,
      },
      error: { code: "rate_limited", step: "rate-limit" },
    });
    expect(decision.steps).toEqual(["validate", "kill-switch", "authorize", "rate-limit", "audit"]);
  });

  it("a limit of tokens refused, which is asked after the cache", async () => {
    const { status, decision } = await recordedGateway({ policy: { limits: { perUser: { tokens: 50 } } } })();
    expect(status).toBe(429);
    expect(decision).toMatchObject({
      ...refused,
      rateLimit: { allowed: false, dimension: "user", kind: "tokens", limit: 50, windowMs: 3_600_000 },
      cache: "miss",
      error: { code: "rate_limited", step: "budget.reserve" },
    });
  });

  it("a cap refused", async () => {
    const budget = { user: { dailyUsd: 0, onExceeded: "reject" as const } };
    const { status, decision } = await recordedGateway({ policy: { budget } })();
    expect(status).toBe(429);
    expect(decision).toMatchObject({
      ...refused,
      cache: "miss",
      budget: { ...nothingSpent, exceeded: { ...caps(0)[1], limitMicroUsd: 0 } },
      error: { code: "budget_exceeded", step: "budget.reserve" },
    });
  });

  const local = { ...refused, task: "helped", source: "local", outcome: "degraded", error: undefined };

  it("was answered locally at a cap", async () => {
    const budget = { user: { dailyUsd: 0 } };
    const { status, decision } = await recordedGateway({ policy: { budget } })({ task: "helped" });
    expect(status).toBe(200);
    expect(decision).toMatchObject({
      ...local,
      cache: "miss",
      budget: { ...nothingSpent, exceeded: { ...caps(0)[1], limitMicroUsd: 0 } },
      degraded: "budget",
    });
  });

  it("was answered locally as it was switched off", async () => {
    const { decision } = await recordedGateway({ policy: { switches: { gateway: false } } })({
      task: "helped",
    });
    expect(decision).toMatchObject({ ...local, switch: { on: false }, degraded: "kill_switch" });
  });

  it("failed: it gave back what was set aside", async () => {
    const { status, decision } = await recordedGateway({
      dear: { error: outage },
      cheap: { error: outage },
    })();
    expect(status).toBe(503);
    expect(decision).toMatchObject({
      ...refused,
      cache: "miss",
      budget: { ...paid, chargedMicroUsd: 0, after: caps(0) },
      attempts: [failedAttempt("dear"), failedAttempt("cheap")],
      outcome: "failed",
      error: { code: "provider_unavailable", step: "route" },
    });
  });

  it("its reader left: it was charged what had come", async () => {
    const ask = recordedGateway({ dear: { text: ["First of ", "many words."], hangs: true } });
    const { decision } = await ask({ accept: "text/event-stream", read: leaveAtFirstWord });
    const { chargedMicroUsd } = decision.budget;
    expect(chargedMicroUsd).toBeGreaterThan(0);
    expect(decision).toMatchObject({
      ...refused,
      cache: "miss",
      budget: { ...paid, chargedMicroUsd, after: caps(chargedMicroUsd) },
      attempts: [
        {
          ...attempt("dear"),
          outcome: "aborted",
          usage: { source: "estimated" },
          costMicroUsd: chargedMicroUsd,
        },
      ],
      outcome: "aborted",
      error: { code: "aborted", step: "route" },
    });
  });

  it("its client aborted before the first word", async () => {
    const leaving = new AbortController();
    const dear = fakeProvider(() => {
      leaving.abort();
      return { hangs: true };
    });
    const ask = recordedGateway({ options: { targets: [{ ...target("dear", 10, {}), provider: dear }] } });
    const { status, decision } = await ask({ signal: leaving.signal });
    const { chargedMicroUsd } = decision.budget;
    expect(status).toBe(499);
    expect(chargedMicroUsd).toBeGreaterThan(0);
    expect(decision).toMatchObject({
      ...refused,
      cache: "miss",
      budget: { ...paid, chargedMicroUsd, after: caps(chargedMicroUsd) },
      attempts: [{ target: "dear", outcome: "aborted", usage: { outputTokens: 0, source: "estimated" } }],
      outcome: "aborted",
      error: { code: "aborted", step: "route" },
    });
  });
});

it("a decision holds nothing of what was asked and answered, only how much was masked", async () => {
  const ask = recordedGateway({ dear: { text: "Rumpelstilzchen" } });
  const { body, decision } = await ask({ question: "Is ada@example.com a Heffalump?" });
  expect(body).toContain("Rumpelstilzchen");
  expect(decision.masks).toEqual({ email: 1 });
  expect(JSON.stringify(decision)).not.toMatch(/ada@example|Heffalump|Rumpelstilzchen/i);
});

it("is kept without what the caller brings beside names", async () => {
  const { ask } = governedGateway();
  const caller = { userId: "ada", email: "ada@example.org" };
  expect((await ask({ caller })).decision.caller).toEqual({ userId: "ada" });
});
