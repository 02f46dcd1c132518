import { expect, it } from "vitest";
import { seededRandom } from "../testing/seeded-random.js";
import { callerCounts } from "./caller-counts.js";

it("remembers the callers that were used last, in every order of use", () => {
  for (const seed of [1, 2, 3]) {
    const random = seededRandom(seed);
    const counts = callerCounts(10);
    const names = Array.from({ length: 25 }, (_, index) => `k${index}`).toSorted();
    let recent: string[] = [];
    for (let nowMs = 0; nowMs < 500; nowMs += 1) {
      const key = `k${Math.floor(random() * 25)}`;
      counts.touch(key, nowMs);
      recent = [...recent.filter((each) => each !== key), key].slice(-10);
      const known = names.filter((name) => counts.find(name) !== undefined);
      expect(known, `seed ${seed}`).toEqual(recent.toSorted());
      expect(counts.size).toBe(recent.length);
    }
  }
});

it("forgets the idle a few at a time, and nobody else", () => {
  const counts = callerCounts(100);
  for (let index = 0; index < 50; index += 1) counts.touch(`k${index}`, index);
  counts.forgetIdle(10, 30);
  expect(counts.size).toBe(48);
  for (let call = 0; call < 100; call += 1) counts.forgetIdle(10, 30);
  expect(counts.find("k20")).toBeUndefined();
  expect(counts.find("k21")).toBeDefined();
  expect(counts.size).toBe(29);
});

it("forgets nobody who holds a permit: not for idleness, and not for want of room", () => {
  const counts = callerCounts(3);
  counts.touch("busy", 0).running = 1;
  for (let index = 0; index < 20; index += 1) counts.touch(`k${index}`, index);
  expect(counts.find("busy")?.running).toBe(1);
  expect(counts.size).toBe(3);
  for (let call = 0; call < 10; call += 1) counts.forgetIdle(10, 1_000);
  expect(counts.size).toBe(1);
  const busy = counts.find("busy");
  if (busy !== undefined) busy.running = 0;
  for (let call = 0; call < 10; call += 1) counts.forgetIdle(10, 2_000);
  expect(counts.size).toBe(0);
});

it("grows past its room only for callers who hold permits", () => {
  const counts = callerCounts(2);
  for (const key of ["a", "b", "c"]) counts.touch(key, 0).running = 1;
  expect(counts.size).toBe(3);
  counts.touch("d", 1);
  counts.touch("e", 2);
  expect(counts.find("d")).toBeUndefined();
  expect(counts.size).toBe(4);
});
