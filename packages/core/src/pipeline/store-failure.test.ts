import { describe, expect, it } from "vitest";
import type { Budget } from "../budget/budget.js";
import type { ResponseCache } from "../cache/response-cache.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import type { RateLimiter } from "../rate-limit/rate-limiter.js";
import { chatTask } from "../tasks/chat/chat-task.js";
import { governedGateway } from "./governed-gateway.test-support.js";

const down = () => Promise.reject(new Error("ECONNREFUSED 10.0.0.7:6379 key user:ada"));
const limiterDown: RateLimiter = { consume: down };
const budgetDown: Budget = { reserve: down };

describe("while the limiter's store is down", () => {
  it("calls go on, and the decision and the log say so", async () => {
    const { ask, warnings } = governedGateway({ rateLimiter: limiterDown });
    const { reply, decision } = await ask();
    expect(reply).toMatchObject({ reply: "model" });
    expect(decision).toMatchObject({ unavailable: ["rate-limit"], rateLimit: undefined, outcome: "ok" });
    expect(warnings).toEqual(["A store did not answer."]);
  });

  it("calls stop when its policy is closed", async () => {
    const { ask } = governedGateway({ rateLimiter: limiterDown, storeFailure: { rateLimiter: "closed" } });
    const { reply, decision } = await ask();
    expect(reply).toMatchObject({ code: "store_unavailable", step: "rate-limit", status: 503 });
    expect(reply.message).not.toMatch(/ECONNREFUSED|ada/);
    expect(decision).toMatchObject({ unavailable: ["rate-limit"], outcome: "failed" });
  });

  it("a permit that can't be given back is no error", async () => {
    const rateLimiter: RateLimiter = {
      consume: () => ({ allowed: true, permit: { reserveTokens: () => undefined, release: down } }),
    };
    const { ask } = governedGateway({ rateLimiter, storeFailure: { rateLimiter: "closed" } });
    expect(await ask()).toMatchObject({
      reply: { reply: "model" },
      decision: { unavailable: ["rate-limit"] },
    });
  });
});

describe("while the budget's store is down", () => {
  it("no model is called, and the local answer says why", async () => {
    const { ask, provider } = governedGateway({ budget: budgetDown });
    const { reply, decision } = await ask();
    expect(reply).toMatchObject({ reply: "local", metadata: { degraded: "store_unavailable" } });
    expect(decision).toMatchObject({ unavailable: ["budget"], outcome: "degraded" });
    expect(provider.requests).toEqual([]);
  });

  it("a task without a local answer fails", async () => {
    const { askModel, provider } = governedGateway({ budget: budgetDown });
    expect((await askModel()).reply).toMatchObject({ code: "store_unavailable", step: "budget.reserve" });
    expect(provider.requests).toEqual([]);
  });

  it("calls go on unpaid when its policy is open", async () => {
    const { ask } = governedGateway({ budget: budgetDown, storeFailure: { budget: "open" } });
    expect(await ask()).toMatchObject({ reply: { reply: "model" }, decision: { unavailable: ["budget"] } });
  });

  it("a store that fails after it granted does not take the answer away", async () => {
    const budget: Budget = {
      reserve: () => ({ granted: true, reservation: { extend: down, settle: down } }),
    };
    const { ask } = governedGateway({ budget });
    expect(await ask()).toMatchObject({
      reply: { reply: "model" },
      decision: { unavailable: ["budget"], outcome: "ok" },
    });
  });
});

describe("while the cache's store is down", () => {
  it("a cache that says so itself is noted too", async () => {
    const cache: ResponseCache = {
      lookup: () => ({ state: "miss", storeDown: true, store() {}, abandon() {} }),
      stats: () => ({ size: 0, hits: 0, misses: 0, evictions: 0 }),
    };
    const { gateway, warnings } = governedGateway({ cache });
    await gateway.run(chatTask(), { message: "How?" }, { requestId: "r" });
    expect(await gateway.findDecision("r")).toMatchObject({ unavailable: ["cache"], cache: "miss" });
    expect(warnings).toEqual(["A store did not answer."]);
  });

  it("it is passed by, once for a lookup and once for a reply that can't be stored", async () => {
    const caches: readonly ResponseCache[] = [
      { lookup: down, stats: () => ({ size: 0, hits: 0, misses: 0, evictions: 0 }) },
      {
        lookup: () => ({ state: "miss", store: down, abandon: down }),
        stats: () => ({ size: 0, hits: 0, misses: 0, evictions: 0 }),
      },
    ];
    for (const cache of caches) {
      const { gateway } = governedGateway({ cache });
      const call = { requestId: "r" };
      expect(await gateway.run(chatTask(), { message: "How?" }, call)).toMatchObject({ reply: "model" });
      expect(await gateway.findDecision("r")).toMatchObject({ unavailable: ["cache"], outcome: "ok" });
    }
  });
});

it("a caller's abort is no failure of a store", async () => {
  const stop = new AbortController();
  const rateLimiter: RateLimiter = {
    consume() {
      stop.abort();
      return Promise.reject(stop.signal.reason);
    },
  };
  const { ask } = governedGateway({ rateLimiter });
  expect(await ask({ signal: stop.signal })).toMatchObject({
    reply: { code: "aborted" },
    decision: { unavailable: [], outcome: "aborted" },
  });
});

describe("a store that fails in an odd way", () => {
  const withNothing = () => Promise.reject(undefined);

  const cases: readonly (readonly [string, AiGatewayOptions])[] = [
    ["rate-limit", { rateLimiter: { consume: withNothing } }],
    [
      "rate-limit",
      {
        rateLimiter: {
          consume: () => ({
            allowed: true,
            permit: { reserveTokens: () => undefined, release: withNothing },
          }),
        },
      },
    ],
    [
      "budget",
      {
        budget: {
          reserve: () => ({ granted: true, reservation: { extend: () => undefined, settle: withNothing } }),
        },
      },
    ],
    ["budget", { budget: { reserve: withNothing }, storeFailure: { budget: "open" } }],
  ];
  it.each(cases)("is noted when it rejects with nothing: %s", async (store, options) => {
    const { ask } = governedGateway(options);
    expect(await ask()).toMatchObject({ reply: { reply: "model" }, decision: { unavailable: [store] } });
  });

  it("an aborted call is written down although its permit and its money can't be given back", async () => {
    const stop = new AbortController();
    const abort = () => {
      stop.abort();
      return Promise.reject(stop.signal.reason);
    };
    const { ask } = governedGateway({
      rateLimiter: {
        consume: () => ({ allowed: true, permit: { reserveTokens: () => undefined, release: abort } }),
      },
      budget: {
        reserve: () => ({ granted: true, reservation: { extend: () => undefined, settle: abort } }),
      },
    });
    const { reply, decision } = await ask({ signal: stop.signal });
    expect([reply.reply, decision.outcome]).toEqual(["model", "ok"]);
  });
});
