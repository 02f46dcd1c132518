import { describe, expect, it } from "vitest";
import type { ChaosPlan } from "../testing/chaos-plan.js";
import { endOf, estimatedMicroUsd, faultTrial, modelMicroUsd, tokens } from "../testing/fault-trial.js";

const refused = (status: number, calls?: readonly number[]): ChaosPlan => [
  { fault: "status", status, calls },
];
const whole = tokens.join("");
const firstTokens = (count: number) => tokens.slice(0, count).join("");
const openMs = 30_000;

describe("a stream that breaks off", () => {
  it("is told to be cut after 40 of 60 tokens, and 40 are paid", async () => {
    const trial = faultTrial([[{ fault: "cut", after: 40 }], []]);
    const shown = firstTokens(40);
    expect(await trial.end("stream", "Why?")).toEqual({ shown, code: "provider_cut" });
    expect(trial.targets[1]?.calls).toEqual([]);
    const charged = estimatedMicroUsd("stream", "Why?", shown);
    expect(trial.money()).toEqual({ charged, reserved: 0 });
    expect(trial.records[0]).toMatchObject({
      outcome: "failed",
      error_code: "provider_cut",
      output_tokens: charged - estimatedMicroUsd("stream", "Why?"),
      attempts: [{ target: "target-1/gpt-4o-mini", outcome: "provider_cut" }],
    });
  });

  it("is told to be silent after 20 tokens, not after the whole 30 s", async () => {
    const trial = faultTrial([[{ fault: "stall", after: 20, forMs: 30_000 }], []]);
    expect(await trial.end("stream", "Why?")).toEqual({ shown: firstTokens(20), code: "provider_timeout" });
    expect(trial.records[0]).toMatchObject({ error_code: "provider_timeout", duration_ms: 10_000 });
    expect(trial.running()).toBe(0);
    expect(trial.money()).toEqual({
      charged: estimatedMicroUsd("stream", "Why?", firstTokens(20)),
      reserved: 0,
    });
  });

  it("goes on after a silence that it is given time for", async () => {
    const plan: ChaosPlan = [{ fault: "stall", after: 20, forMs: 30_000 }];
    const trial = faultTrial([plan], { timeouts: { chunkMs: 31_000 } });
    expect((await trial.end("stream", "Why?")).shown).toBe(whole);
  });

  it("is told to be malformed by one line", async () => {
    const trial = faultTrial([[{ fault: "malformed", after: 5 }], []]);
    expect(await trial.end("stream", "Why?")).toEqual({ shown: firstTokens(5), code: "provider_malformed" });
  });

  it("is not shown at all when the 200 begins with an error", async () => {
    const trial = faultTrial([[{ fault: "in-band" }], []]);
    const { shown, metadata } = await trial.end("stream", "Why?");
    expect(shown).toBe(whole);
    expect(metadata?.provider).toBe("target-2");
  });
});

describe("Retry-After: 120", () => {
  const plan: ChaosPlan = [{ fault: "status", status: 429, retryAfterMs: 120_000, calls: [1] }];

  it("is waited for in full when there is time for it", async () => {
    const trial = faultTrial([plan], { timeouts: { totalMs: 300_000 } });
    const asked = trial.ask("plain", "Why?");
    await trial.clock.advance(119_999);
    expect(trial.targets[0]?.calls).toHaveLength(1);
    await trial.clock.advance(1);
    expect(await asked).toMatchObject({ answer: whole, metadata: { duration_ms: 120_000 } });
    expect(trial.records[0]?.attempts.map(({ outcome }) => outcome)).toEqual(["provider_rate_limited", "ok"]);
  });

  it("holds for every other call: they leave the target alone until it is over", async () => {
    const trial = faultTrial([plan, []]);
    await trial.end("plain", "Why?");
    await trial.clock.advance(119_000);
    expect((await trial.end("plain", "And now?")).metadata?.provider).toBe("target-2");
    expect(trial.targets[0]?.calls).toHaveLength(1);
    await trial.clock.advance(1_000);
    expect((await trial.end("plain", "At last?")).metadata?.provider).toBe("target-1");
    expect(trial.targets[0]?.calls).toHaveLength(2);
  });

  it("is taken for an hour when it asks for more", async () => {
    const endless = { fault: "status", status: 429, retryAfterMs: 1e12, calls: [1] } as const;
    const trial = faultTrial([[endless], []]);
    await trial.end("plain", "Why?");
    await trial.clock.advance(3_600_000);
    expect((await trial.end("plain", "And now?")).metadata?.provider).toBe("target-1");
  });

  it("is no reason to wait when there is none: the next target answers at once", async () => {
    const trial = faultTrial([plan, []]);
    const { metadata } = await trial.end("plain", "Why?");
    expect(metadata).toMatchObject({ provider: "target-2", duration_ms: 0 });
    expect(trial.targets[0]?.calls).toHaveLength(1);
  });
});

describe("a circuit", () => {
  const noRetry = { retry: { maxRetries: 0 }, breaker: { failureThreshold: 5, openMs } };

  it("lets exactly one of 50 calls through at half-open, and closes when that one is answered", async () => {
    const slowProbe = { fault: "drip", everyMs: 50, calls: [6] } as const;
    const trial = faultTrial([[...refused(500, [1, 2, 3, 4, 5]), slowProbe]], noRetry);
    const target = trial.targets[0];
    for (let call = 0; call < 7; call++) await trial.end("plain", `down ${call}`);
    expect(target?.calls).toHaveLength(5);
    await trial.clock.advance(openMs);
    const asked = Array.from({ length: 50 }, (_, call) => trial.ask("plain", `probe ${call}`));
    const endings = await endOf(trial.clock, Promise.all(asked));
    expect(target?.calls).toHaveLength(6);
    expect(endings.map(({ metadata }) => metadata?.source).sort()).toEqual([
      ...Array<string>(49).fill("local"),
      "model",
    ]);
    expect((await trial.end("plain", "and now?")).metadata?.source).toBe("model");
    expect(trial.money()).toEqual({ charged: 2 * modelMicroUsd, reserved: 0 });
  });

  it("opens again when its probe fails, and lets one more through later", async () => {
    const trial = faultTrial([refused(500)], noRetry);
    for (let call = 0; call < 5; call++) await trial.end("plain", `down ${call}`);
    for (const callsSoFar of [6, 7]) {
      await trial.clock.advance(openMs);
      const asked = Array.from({ length: 50 }, (_, call) =>
        trial.ask("plain", `probe ${callsSoFar} ${call}`),
      );
      await endOf(trial.clock, Promise.all(asked));
      expect(trial.targets[0]?.calls).toHaveLength(callsSoFar);
    }
    expect(trial.money()).toEqual({ charged: 0, reserved: 0 });
  });

  it("is opened at once by a 401", async () => {
    const trial = faultTrial([refused(401), []]);
    for (const question of ["one", "two", "three"])
      expect((await trial.end("plain", question)).metadata?.provider).toBe("target-2");
    expect(trial.targets.map(({ calls }) => calls.length)).toEqual([1, 3]);
    const outcomes = trial.records.map(({ attempts }) => attempts.map(({ outcome }) => outcome));
    expect(outcomes).toEqual([
      ["provider_unauthorized", "ok"],
      ["provider_busy", "ok"],
      ["provider_busy", "ok"],
    ]);
  });
});

describe("a caller that goes away", () => {
  it("causes no further call when it does so in the wait before a retry", async () => {
    const waiting = { retry: { maxRetries: 3, baseDelayMs: 1000 }, random: () => 0.5 };
    const trial = faultTrial([refused(500), []], waiting);
    const controller = new AbortController();
    const asked = trial.ask("plain", "Why?", { signal: controller.signal });
    await trial.clock.advance(499);
    expect(trial.clock.pending).toBeGreaterThan(0);
    controller.abort();
    expect(await asked).toEqual({ shown: "", code: "aborted" });
    await trial.clock.advance(60_000);
    expect(trial.targets.map(({ calls }) => calls.length)).toEqual([1, 0]);
    expect(trial.clock.pending).toBe(0);
    expect(trial.money()).toEqual({ charged: 0, reserved: 0 });
    expect(trial.records[0]).toMatchObject({ outcome: "aborted", error_code: "aborted" });
    expect(trial.records[0]?.attempts.map(({ outcome }) => outcome)).toEqual(["provider_unavailable"]);
  });

  it("ends the call that runs, and pays what was shown", async () => {
    const trial = faultTrial([[{ fault: "stall", after: 4 }], []]);
    const controller = new AbortController();
    const asked = trial.ask("stream", "Why?", { signal: controller.signal });
    await trial.clock.advance(10);
    controller.abort();
    expect(await asked).toEqual({ shown: firstTokens(4), code: "aborted" });
    expect(trial.targets.map(({ calls }) => calls.map(({ outcome }) => outcome))).toEqual([["aborted"], []]);
    expect(trial.running()).toBe(0);
    expect(trial.money()).toEqual({
      charged: estimatedMicroUsd("stream", "Why?", firstTokens(4)),
      reserved: 0,
    });
  });
});

describe("a hook that throws", () => {
  const throwing = () => {
    throw new Error("CANARY");
  };
  const rejecting = async () => throwing();

  it.each([throwing, rejecting])("changes nothing of the call and is logged", async (hook) => {
    const errors: unknown[] = [];
    const logger = { info() {}, warn() {}, error: (...logged: unknown[]) => errors.push(logged) };
    const hooks = { beforeRoute: hook, afterOutput: hook, onSettled: hook };
    const trial = faultTrial([refused(500), []], { hooks, logger });
    expect(await trial.end("stream", "Why?")).toMatchObject({
      shown: whole,
      metadata: { provider: "target-2" },
    });
    expect(trial.money()).toEqual({ charged: modelMicroUsd, reserved: 0 });
    expect(trial.records[0]?.outcome).toBe("ok");
    expect(errors).toHaveLength(3);
    expect(JSON.stringify(errors)).not.toContain("CANARY");
  });
});
