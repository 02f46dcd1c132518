import fc from "fast-check";
import { expect, it } from "vitest";
import { isoTime } from "./iso-time.js";

it("writes what a date writes, within a second and from one to the next", () => {
  const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
  fc.assert(
    fc.property(
      fc.integer({ min: -1e15, max: latest }),
      fc.array(fc.nat(3_000), { maxLength: 5 }),
      (ms, later) => {
        for (const more of [0, ...later]) expect(isoTime(ms + more)).toBe(new Date(ms + more).toISOString());
      },
    ),
  );
  expect(isoTime(1_700_000_000_123.9)).toBe(new Date(1_700_000_000_123.9).toISOString());
});

it("takes no time that is none", () => {
  expect(() => isoTime(Number.NaN)).toThrow(RangeError);
  expect(() => isoTime(1e20)).toThrow(RangeError);
});
