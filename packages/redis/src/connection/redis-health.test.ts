import { describe, expect, it } from "vitest";
import { redisHealth } from "./redis-health.js";

function subject() {
  let nowMs = 0;
  const health = redisHealth(() => nowMs);
  return {
    health,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe("redisHealth", () => {
  it("lets everybody ask as long as answers come", () => {
    const { health } = subject();
    for (let index = 0; index < 5; index += 1) expect(health.mayAsk()).toBe(true);
    health.answered();
    expect(health.mayAsk()).toBe(true);
  });

  it("rests for a second after a timeout, then lets one ask while an answer is still missing", () => {
    const { health, pass } = subject();
    health.mayAsk();
    health.timedOut(true);
    expect(health.mayAsk()).toBe(false);
    pass(999);
    expect(health.mayAsk()).toBe(false);
    pass(1);
    expect([health.mayAsk(), health.mayAsk(), health.mayAsk()]).toEqual([true, false, false]);
    health.timedOut(true);
    pass(1_000);
    expect([health.mayAsk(), health.mayAsk()]).toEqual([true, false]);
    health.answered();
    expect([health.mayAsk(), health.mayAsk()]).toEqual([true, true]);
  });

  it("lets everybody ask after the rest when the missing answers have come, or were never asked for", () => {
    for (const wasSent of [true, false]) {
      const { health, pass } = subject();
      health.mayAsk();
      health.timedOut(wasSent);
      if (wasSent) health.answeredLate();
      expect(health.mayAsk()).toBe(false);
      pass(1_000);
      expect([health.mayAsk(), health.mayAsk()]).toEqual([true, true]);
    }
  });

  it("a new connection ends the rest at once", () => {
    const { health } = subject();
    for (let index = 0; index < 3; index += 1) health.timedOut(true);
    health.reconnected();
    expect([health.mayAsk(), health.mayAsk()]).toEqual([true, true]);
  });

  it("late answers of an old connection open nothing twice", () => {
    const { health, pass } = subject();
    health.timedOut(true);
    health.reconnected();
    health.answeredLate();
    health.timedOut(true);
    pass(1_000);
    expect([health.mayAsk(), health.mayAsk()]).toEqual([true, false]);
  });
});
