import fc from "fast-check";
import { expect, it } from "vitest";
import { editDistance } from "./edit-distance.js";

it.each([
  ["slack", "slack", 0],
  ["slck", "slack", 1],
  ["salck", "slack", 1],
  ["slackk", "slack", 1],
  ["mialchmip", "mailchimp", 2],
  ["notion", "nation", 1],
  ["", "a", 1],
])("%s → %s: %i", (left, right, distance) => {
  expect(editDistance(left, right, 2)).toBe(distance);
});

it("says more than the limit when there are more", () => {
  expect(editDistance("gmail", "github", 2)).toBeGreaterThan(2);
  expect(editDistance("a", "abcdef", 1)).toBeGreaterThan(1);
});

it("counts the same in both directions", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
      const [there, back] = [editDistance(left, right, 2), editDistance(right, left, 2)];
      expect(Math.min(there, 3)).toBe(Math.min(back, 3));
    }),
  );
});
