import fc from "fast-check";
import { expect, it } from "vitest";
import { matchesIn } from "./matches-in.js";

it("finds what matchAll finds, wherever the pattern was left before", () => {
  const pattern = /(a)b?|ba+(?=b)/g;
  const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "é"), maxLength: 30 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      pattern.lastIndex = 0;
      pattern.test(before);
      const found = matchesIn(after, pattern);
      expect(found).toEqual([...after.matchAll(new RegExp(pattern))]);
      expect(matchesIn(after, pattern)).toEqual(found);
    }),
  );
});
