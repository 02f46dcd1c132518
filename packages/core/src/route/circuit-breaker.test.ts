import { beforeEach, describe, expect, it } from "vitest";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import { type CircuitBreaker, createCircuitBreaker, type Health } from "./circuit-breaker.js";

let clock: ManualClock;
let breaker: CircuitBreaker;

beforeEach(() => {
  clock = manualClock();
  breaker = createCircuitBreaker({ failureThreshold: 3, openMs: 1000, clock, random: () => 0 });
});

/** A call from its leave to its end. */
const call = (health: Health) => breaker.admit()?.ended(health);
const failTimes = (times: number) => {
  for (let index = 0; index < times; index++) call("failing");
};

describe("createCircuitBreaker", () => {
  it("opens after failures in a row, not before", () => {
    failTimes(2);
    call("healthy");
    failTimes(2);
    expect(breaker.state).toBe("closed");
    failTimes(1);
    expect(breaker.state).toBe("open");
    expect(breaker.admit()).toBeUndefined();
  });

  it("opens at once for a dead credential", () => {
    call("broken");
    expect(breaker.state).toBe("open");
  });

  it("admits exactly one probe under 50 concurrent calls", async () => {
    failTimes(3);
    await clock.advance(1000);
    const admitted = Array.from({ length: 50 }, () => breaker.admit()).filter(
      (permit) => permit !== undefined,
    );
    expect(admitted).toHaveLength(1);
    expect(breaker.state).toBe("half-open");
  });

  it("closes when the probe is healthy, and counts anew", async () => {
    failTimes(3);
    await clock.advance(1000);
    call("healthy");
    expect(breaker.state).toBe("closed");
    failTimes(2);
    expect(breaker.state).toBe("closed");
  });

  it("closes as soon as the probe begins to answer", async () => {
    failTimes(3);
    await clock.advance(1000);
    breaker.admit()?.begun();
    expect(breaker.state).toBe("closed");
  });

  it("does not take a beginning for health while it is closed", () => {
    for (let stream = 0; stream < 3; stream++) {
      const permit = breaker.admit();
      permit?.begun();
      permit?.ended("failing");
    }
    expect(breaker.state).toBe("open");
  });

  it("opens again when the probe fails", async () => {
    failTimes(3);
    await clock.advance(1000);
    call("failing");
    expect(breaker.admit()).toBeUndefined();
    await clock.advance(1000);
    expect(breaker.admit()).toBeDefined();
  });

  it("lets the next call probe when a probe was aborted by its caller", async () => {
    failTimes(3);
    await clock.advance(1000);
    call("unknown");
    expect(breaker.admit()).toBeDefined();
  });

  it.each(["healthy", "failing", "unknown"] as const)(
    "is not moved by an older call that ends %s",
    async (health) => {
      const older = breaker.admit();
      failTimes(3);
      older?.ended(health);
      expect(breaker.state).toBe("open");
      await clock.advance(1000);
      breaker.admit();
      older?.ended(health);
      expect(breaker.state).toBe("half-open");
      expect(breaker.admit()).toBeUndefined();
    },
  );

  it("stays open up to a fifth longer, at random", async () => {
    breaker = createCircuitBreaker({ failureThreshold: 1, openMs: 1000, clock, random: () => 0.5 });
    call("failing");
    await clock.advance(1099);
    expect(breaker.admit()).toBeUndefined();
    await clock.advance(1);
    expect(breaker.admit()).toBeDefined();
  });
});
