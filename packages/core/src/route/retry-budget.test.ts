import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import { createRetryBudget, type RetryBudget } from "./retry-budget.js";

let clock: ManualClock;
beforeEach(() => {
  clock = manualClock();
});

const noteCalls = (budget: RetryBudget, times: number) => {
  for (let call = 0; call < times; call++) budget.noteCall();
};
const takeAll = (budget: RetryBudget) => {
  let taken = 0;
  while (taken < 10_000 && budget.take()) taken++;
  return taken;
};

describe("createRetryBudget", () => {
  it("allows a share of the calls", () => {
    const budget = createRetryBudget({ ratio: 0.2, minPerSecond: 0, clock });
    expect(takeAll(budget)).toBe(0);
    noteCalls(budget, 100);
    expect(takeAll(budget)).toBe(20);
    noteCalls(budget, 4);
    expect(takeAll(budget)).toBe(0);
    noteCalls(budget, 1);
    expect(takeAll(budget)).toBe(1);
  });

  it("allows some retries when there are hardly any calls", () => {
    const budget = createRetryBudget({ ratio: 0.2, minPerSecond: 1, clock });
    budget.noteCall();
    expect(takeAll(budget)).toBe(10);
  });

  it("gives each call its retry when the ratio is 1, and none when both figures are 0", () => {
    const generous = createRetryBudget({ ratio: 1, minPerSecond: 0, clock });
    noteCalls(generous, 7);
    expect(takeAll(generous)).toBe(7);
    const none = createRetryBudget({ ratio: 0, minPerSecond: 0, clock });
    noteCalls(none, 1000);
    expect(takeAll(none)).toBe(0);
  });

  it("forgets calls and retries after ten seconds", async () => {
    const budget = createRetryBudget({ ratio: 0.5, minPerSecond: 0, clock });
    noteCalls(budget, 10);
    await clock.advance(9_999);
    expect(takeAll(budget)).toBe(5);
    await clock.advance(1);
    expect(takeAll(budget)).toBe(0);
    noteCalls(budget, 10);
    expect(takeAll(budget)).toBe(0); // the five retries of a moment ago count still
    await clock.advance(10_000);
    noteCalls(budget, 10);
    expect(takeAll(budget)).toBe(5);
  });

  it("is full again after a long silence", async () => {
    const budget = createRetryBudget({ ratio: 0, minPerSecond: 2, clock });
    expect(takeAll(budget)).toBe(20);
    await clock.advance(11_000 * 1000);
    expect(takeAll(budget)).toBe(20);
  });

  it("keeps a storm of failing calls near the share, second after second", async () => {
    const budget = createRetryBudget({ ratio: 0.2, minPerSecond: 1, clock });
    let retries = 0;
    for (let second = 0; second < 60; second++) {
      for (let call = 0; call < 100; call++) {
        budget.noteCall();
        for (let retry = 0; retry < 3; retry++) if (budget.take()) retries++;
      }
      await clock.advance(1000);
    }
    expect(retries).toBeLessThanOrEqual(6000 * 0.2 + 6 * 10);
    expect(retries).toBeGreaterThan(6000 * 0.2 * 0.8);
  });

  it("never allows more in any ten seconds, and no less than the share of nine", () => {
    type Event = { readonly afterMs: number; readonly calls: number; readonly tries: number };
    const events = fc.array(
      fc.record({
        afterMs: fc.oneof(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 8000, max: 12_000 })),
        calls: fc.integer({ min: 0, max: 6 }),
        tries: fc.integer({ min: 0, max: 8 }),
      }),
      { maxLength: 40 },
    );
    const ratios = fc.constantFrom(0, 0.25, 0.5, 1);
    fc.assert(
      fc.property(events, ratios, fc.constantFrom(0, 0.5, 1), (list: Event[], ratio, minPerSecond) => {
        let nowMs = 0;
        const budget = createRetryBudget({
          ratio,
          minPerSecond,
          clock: { ...manualClock(), monotonic: () => nowMs },
        });
        const calls: number[] = [];
        const retries: number[] = [];
        const since = (times: readonly number[], ms: number) => times.filter((at) => nowMs - at < ms).length;
        for (const { afterMs, calls: called, tries } of list) {
          nowMs += afterMs;
          for (let call = 0; call < called; call++) {
            budget.noteCall();
            calls.push(nowMs);
          }
          for (let attempt = 0; attempt < tries; attempt++) {
            const certain = ratio * since(calls, 9_000) + minPerSecond * 10 - since(retries, 11_000);
            const taken = budget.take();
            if (certain >= 1) expect(taken).toBe(true);
            if (taken) retries.push(nowMs);
            const most = ratio * since(calls, 10_000) + minPerSecond * 10;
            if (taken) expect(since(retries, 10_000)).toBeLessThanOrEqual(most);
          }
        }
      }),
    );
  });
});
