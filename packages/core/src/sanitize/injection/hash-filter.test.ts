import fc from "fast-check";
import { expect, it } from "vitest";
import { hashFilter } from "./hash-filter.js";

it("takes each number that is in the set, and few others", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 200 }), (hashes) => {
      const mayBeIn = hashFilter(hashes);
      expect(hashes.every(mayBeIn)).toBe(true);
      const others = Array.from({ length: 10_000 }, (_, index) => Math.imul(index + 1, 0x9e3779b1));
      expect(others.filter(mayBeIn).length).toBeLessThan(200);
    }),
  );
  expect(hashFilter([])(0)).toBe(false);
});
