import { beforeEach, describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.js";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import { retry } from "./retry.js";

let clock: ManualClock;
let calls: number;

beforeEach(() => {
  clock = manualClock();
  calls = 0;
});

const unavailable = new GatewayError("provider_unavailable", "down");
const limited = (retryAfterMs?: number) =>
  new GatewayError("provider_rate_limited", "slow down", { details: { retryAfterMs } });

function failing(error: unknown, times = Number.POSITIVE_INFINITY) {
  return async () => {
    if (calls++ < times) throw error;
    return "done";
  };
}

const context = (changes: Partial<Parameters<typeof retry>[1]> = {}): Parameters<typeof retry>[1] => ({
  policy: { maxRetries: 3, baseDelayMs: 100, maxDelayMs: 1000 },
  clock,
  random: () => 1,
  signal: new AbortController().signal,
  limits: { deadlineMs: 60_000 },
  affordsRetry: async () => true,
  ...changes,
});

describe("retry", () => {
  it("doubles the wait each time", async () => {
    const result = retry(failing(unavailable, 3), context());
    const callsAt: number[] = [];
    for (const waitMs of [0, 99, 1, 199, 1, 399, 1]) {
      await clock.advance(waitMs);
      callsAt.push(calls);
    }
    expect(callsAt).toEqual([1, 1, 2, 2, 3, 3, 4]);
    await expect(result).resolves.toBe("done");
  });

  it("draws the wait at random from zero", async () => {
    const result = retry(failing(unavailable, 1), context({ random: () => 0 }));
    await clock.advance(0);
    await expect(result).resolves.toBe("done");
  });

  it("stops after the given number of retries", async () => {
    const result = retry(failing(unavailable), context());
    result.catch(() => {});
    await clock.advance(10_000);
    await expect(result).rejects.toBe(unavailable);
    expect(calls).toBe(4);
  });

  it("waits as long as Retry-After asks", async () => {
    const result = retry(failing(limited(5000), 1), context());
    await clock.advance(4999);
    expect(calls).toBe(1);
    await clock.advance(1);
    await expect(result).resolves.toBe("done");
  });

  it("never retries before Retry-After: fails at once when the deadline is sooner", async () => {
    const error = limited(120_000);
    await expect(retry(failing(error), context())).rejects.toBe(error);
    expect(calls).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it.each([
    new GatewayError("provider_rejected", "400"),
    new GatewayError("provider_unauthorized", "401"),
    new GatewayError("provider_filtered", "filter"),
    new GatewayError("invalid_output", "shape"),
    new Error("a defect"),
  ])("does not retry $code $message", async (error) => {
    await expect(retry(failing(error), context())).rejects.toBe(error);
    expect(calls).toBe(1);
  });

  it("makes no further call when the caller aborts during the wait", async () => {
    const controller = new AbortController();
    const result = retry(failing(unavailable), context({ signal: controller.signal }));
    result.catch(() => {});
    await clock.advance(0);
    controller.abort(new Error("gone"));
    await clock.advance(10_000);
    await expect(result).rejects.toThrow("gone");
    expect(calls).toBe(1);
  });

  it("does not retry what the budget does not cover", async () => {
    await expect(retry(failing(unavailable), context({ affordsRetry: async () => false }))).rejects.toBe(
      unavailable,
    );
    expect(calls).toBe(1);
  });
});
