import { beforeEach, describe, expect, it } from "vitest";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import { type CircuitBreaker, createCircuitBreaker } from "./circuit-breaker.js";

let clock: ManualClock;
let breaker: CircuitBreaker;

beforeEach(() => {
  clock = manualClock();
  breaker = createCircuitBreaker({ failureThreshold: 3, openMs: 1000, clock, random: () => 0 });
});

const failTimes = (times: number) => {
  for (let index = 0; index < times; index++) breaker.record("failing");
};

describe("createCircuitBreaker", () => {
  it("opens after failures in a row, not before", () => {
    failTimes(2);
    breaker.record("healthy");
    failTimes(2);
    expect(breaker.admit()).toBe(true);
    breaker.record("failing");
    expect(breaker.state).toBe("open");
    expect(breaker.admit()).toBe(false);
  });

  it("opens at once for a dead credential", () => {
    breaker.record("broken");
    expect(breaker.state).toBe("open");
  });

  it("admits exactly one probe under 50 concurrent calls", async () => {
    failTimes(3);
    await clock.advance(1000);
    const admitted = Array.from({ length: 50 }, () => breaker.admit()).filter(Boolean);
    expect(admitted).toHaveLength(1);
    expect(breaker.state).toBe("half-open");
  });

  it("closes when the probe is healthy, and counts anew", async () => {
    failTimes(3);
    await clock.advance(1000);
    breaker.admit();
    breaker.record("healthy");
    expect(breaker.state).toBe("closed");
    failTimes(2);
    expect(breaker.admit()).toBe(true);
  });

  it("opens again when the probe fails", async () => {
    failTimes(3);
    await clock.advance(1000);
    breaker.admit();
    breaker.record("failing");
    expect(breaker.admit()).toBe(false);
    await clock.advance(1000);
    expect(breaker.admit()).toBe(true);
  });

  it("lets the next call probe when a probe was aborted by its caller", async () => {
    failTimes(3);
    await clock.advance(1000);
    breaker.admit();
    breaker.record("unknown");
    expect(breaker.admit()).toBe(true);
  });

  it("ignores a call that began before it opened", () => {
    failTimes(3);
    breaker.record("healthy");
    expect(breaker.state).toBe("open");
  });

  it("stays open up to a fifth longer, at random", async () => {
    breaker = createCircuitBreaker({ failureThreshold: 1, openMs: 1000, clock, random: () => 0.5 });
    breaker.record("failing");
    await clock.advance(1099);
    expect(breaker.admit()).toBe(false);
    await clock.advance(1);
    expect(breaker.admit()).toBe(true);
  });
});
