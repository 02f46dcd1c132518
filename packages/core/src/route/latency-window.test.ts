import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLatencyWindow } from "./latency-window.js";

function windowOf(durationsMs: Iterable<number>) {
  const window = createLatencyWindow();
  for (const durationMs of durationsMs) window.note(durationMs);
  return window;
}
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("createLatencyWindow", () => {
  it.each([0, 1, 19])("knows nothing from %i calls", (count) => {
    expect(windowOf(upTo(count)).p95()).toBeUndefined();
  });

  it.each([
    [20, 19],
    [21, 20],
    [99, 95],
    [100, 95],
  ])("is right from %i calls on", (count, expected) => {
    expect(windowOf(upTo(count)).p95()).toBe(expected);
    expect(windowOf(upTo(count).reverse()).p95()).toBe(expected);
  });

  it("forgets what lies further back than 100 calls", () => {
    const slowThenFast = [...upTo(100).map(() => 9000), ...upTo(100)];
    expect(windowOf(slowThenFast).p95()).toBe(95);
    expect(windowOf(slowThenFast.slice(0, 194)).p95()).toBe(9000);
  });

  it("sorts durations as numbers", () => {
    expect(windowOf(upTo(20).map((index) => index * 9)).p95()).toBe(171);
  });

  it("takes each new call into account, also between two questions", () => {
    const window = windowOf(upTo(20));
    expect([window.p95(), window.p95()]).toEqual([19, 19]);
    window.note(500);
    expect(window.p95()).toBe(20);
    window.note(600);
    expect(window.p95()).toBe(500);
  });

  it("counts a call that was given up only when it was slow already", () => {
    const window = windowOf(upTo(20));
    window.noteGivenUp(19);
    expect(window.p95()).toBe(19);
    window.noteGivenUp(19.5);
    expect(window.p95()).toBe(19.5);
    const young = windowOf(upTo(19));
    young.noteGivenUp(9000);
    expect(young.p95()).toBeUndefined();
  });

  it("holds 95 of 100 of the last calls", () => {
    const durations = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), {
      minLength: 20,
      maxLength: 260,
    });
    fc.assert(
      fc.property(durations, (durationsMs) => {
        const last = durationsMs.slice(-100);
        const p95 = windowOf(durationsMs).p95() ?? Number.NaN;
        expect(last.filter((durationMs) => durationMs <= p95).length).toBeGreaterThanOrEqual(
          last.length * 0.95,
        );
        expect(last.filter((durationMs) => durationMs < p95).length).toBeLessThan(last.length * 0.95);
      }),
    );
  });
});
