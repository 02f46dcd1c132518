import { expect, it } from "vitest";
import { seededRandom } from "../testing/seeded-random.js";
import { addTo, countedIn, slidingLog, takeBack, waitMs } from "./sliding-log.js";

const windowMs = 1_600;

it("never counts less than what fell into the window, and at most a sixteenth of a window longer", () => {
  for (const seed of [1, 2, 3]) {
    const random = seededRandom(seed);
    const log = slidingLog();
    const entries: { readonly atMs: number; amount: number }[] = [];
    const since = (startMs: number) =>
      entries.filter(({ atMs }) => atMs > startMs).reduce((sum, { amount }) => sum + amount, 0);
    let nowMs = 0;
    for (let step = 0; step < 2_000; step += 1) {
      const amount = Math.floor(random() * 100);
      const burst = addTo(log, windowMs, { amount, nowMs });
      const entry = { atMs: nowMs, amount };
      entries.push(entry);
      nowMs += Math.floor(random() * 90);
      if (random() < 0.3) {
        const excess = Math.floor(random() * (amount + 1));
        takeBack(log, burst, excess);
        entry.amount -= excess;
      }
      const counted = countedIn(log, windowMs, nowMs);
      expect(counted, `seed ${seed}`).toBeGreaterThanOrEqual(since(nowMs - windowMs));
      expect(counted, `seed ${seed}`).toBeLessThanOrEqual(since(nowMs - windowMs - windowMs / 16));
      expect(log.bursts.length).toBeLessThanOrEqual(17);
    }
  }
});

it("takes nothing back from an entry that has left", () => {
  const log = slidingLog();
  const burst = addTo(log, windowMs, { amount: 50, nowMs: 0 });
  addTo(log, windowMs, { amount: 7, nowMs: windowMs - 1 });
  expect(countedIn(log, windowMs, windowMs)).toBe(7);
  takeBack(log, burst, 50);
  expect(countedIn(log, windowMs, windowMs)).toBe(7);
});

it("says how long so much has to wait", () => {
  const log = slidingLog();
  const limit = { limit: 100, windowMs };
  addTo(log, windowMs, { amount: 60, nowMs: 0 });
  addTo(log, windowMs, { amount: 40, nowMs: 500 });
  const wait = (amount: number) => waitMs(log, limit, { amount, nowMs: 600 });
  expect(wait(0)).toBe(0);
  expect(wait(1)).toBe(1_000);
  expect(wait(60)).toBe(1_000);
  expect(wait(61)).toBe(1_500);
  expect(wait(100)).toBe(1_500);
  expect(wait(101)).toBe(windowMs);
});
