import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.js";
import type { Provider } from "../provider/provider.js";
import { memoryRateLimiter } from "../rate-limit/memory-rate-limiter.js";
import type { RateLimitOptions } from "../rate-limit/rate-limit-options.js";
import type { LimitState } from "../rate-limit/rate-limiter.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { manualClock } from "../testing/manual-clock.js";
import { governedGateway } from "./governed-gateway.test-support.js";

const caller = { userId: "ada" };
const usage = { inputTokens: 30, outputTokens: 20, source: "reported" as const };

function limitedGateway(limits: RateLimitOptions, provider = fakeProvider([{ text: "model", usage }])) {
  const clock = manualClock();
  const rateLimiter = memoryRateLimiter({ perUser: false, perIp: false, ...limits, clock });
  return { clock, ...governedGateway({ targets: [{ provider }], rateLimiter, clock }) };
}

describe("the limits of a call", () => {
  it("count its tokens as they were used, and refuse the one that could take more than is left", async () => {
    const { ask, clock } = limitedGateway({ perUser: { tokens: 200 } });
    // Each sets about 110 tokens aside and gives back all but 50.
    expect((await ask({ caller })).reply).toMatchObject({ reply: "model" });
    expect((await ask({ caller })).reply).toMatchObject({ reply: "model" });
    const { reply, decision } = await ask({ caller });
    expect(reply).toMatchObject({
      code: "rate_limited",
      details: { dimension: "user", kind: "tokens", limit: 200, windowMs: 3_600_000 },
    });
    expect(reply.message).toMatch(/^Too much text for now\. Please try again in \d+ s\.$/);
    expect(decision.rateLimit).toMatchObject({ allowed: false, kind: "tokens" });
    await clock.advance(reply.details.retryAfterMs + 3_600_000);
    expect((await ask({ caller })).reply).toMatchObject({ reply: "model" });
  });

  it("hold its place until it ends, however it ends", async () => {
    const { ask } = limitedGateway({ perUser: { concurrent: 1 } }, fakeProvider([{ hangs: true }]));
    for (let round = 0; round < 3; round++) {
      const stop = new AbortController();
      const running = ask({ caller, signal: stop.signal });
      await new Promise((resolve) => setImmediate(resolve));
      expect((await ask({ caller })).reply).toMatchObject({
        code: "rate_limited",
        details: { kind: "concurrent", limit: 1 },
      });
      stop.abort();
      expect((await running).reply).toMatchObject({ code: "aborted" });
    }
  });

  it("are told once the call is admitted, and kept in its decision", async () => {
    const { ask } = limitedGateway({ perUser: { requests: 3 }, perTask: { echo: { requests: 10 } } });
    let told: readonly LimitState[] = [];
    const { decision } = await ask({
      caller,
      onAdmitted: (limits) => {
        told = limits;
      },
    });
    expect(told.map(({ dimension, kind, limit, remaining }) => [dimension, kind, limit, remaining])).toEqual([
      ["user", "requests", 3, 2],
      ["task", "requests", 10, 9],
    ]);
    expect(decision.rateLimit).toEqual({ allowed: true, limits: told, after: told });
  });

  it("are kept as they stood after the call, too", async () => {
    const { ask } = limitedGateway({ perUser: { requests: 3, tokens: 200, concurrent: 2 } });
    const { decision } = await ask({ caller });
    const left = (limits: readonly LimitState[] = []) =>
      limits.map(({ kind, remaining }) => [kind, remaining]);
    const { rateLimit } = decision;
    if (rateLimit?.allowed !== true) throw new Error("expected the call to be admitted");
    expect(left(rateLimit.limits)).toEqual([
      ["requests", 2],
      ["tokens", 200],
      ["concurrent", 1],
    ]);
    expect(left(rateLimit.after)).toEqual([
      ["requests", 2],
      ["tokens", 150],
      ["concurrent", 2],
    ]);
  });

  it("count no tokens for an answer that no model wrote", async () => {
    const { ask } = limitedGateway({ perUser: { tokens: 200 } });
    for (let call = 0; call < 5; call++)
      expect((await ask({ caller, targets: [] })).reply).toMatchObject({ reply: "local" });
    expect((await ask({ caller })).reply).toMatchObject({ reply: "model" });
  });

  it("count whole tokens, whatever a provider reports", async () => {
    const amounts: number[] = [];
    const note = (tokens: number) => {
      amounts.push(tokens);
      return undefined;
    };
    const breaking: Provider = {
      name: "breaking",
      model: "gpt-4o-mini",
      async *stream() {
        yield { type: "finish", reason: "stop", usage: { ...usage, inputTokens: 30.5 } };
        throw new GatewayError("provider_unavailable", "It broke.");
      },
    };
    const { ask } = governedGateway({
      targets: [{ provider: breaking }, { provider: fakeProvider([{ text: "model", usage }]) }],
      retry: { maxRetries: 0 },
      rateLimiter: {
        consume: () => ({
          allowed: true,
          permit: { reserveTokens: note, release: (used) => void note(used) },
        }),
      },
    });
    expect((await ask({ caller })).reply).toMatchObject({ reply: "model" });
    expect(amounts.slice(1)).toEqual([51, 101]);
  });
});
