import { describe, expect, it } from "vitest";
import { fuseEvidence, recencyOf } from "./recommendation-score.js";

const day = 86_400_000;

describe("recencyOf", () => {
  it.each([
    [0, 1],
    [30 * day, 0.5],
    [60 * day, 0.25],
    [-30 * day, 0.5],
  ])("%s ms ago is %s", (ageMs, recency) => expect(recencyOf(ageMs)).toBeCloseTo(recency));

  it("does not let a date far ahead lead", () => {
    expect(recencyOf(-70 * 365 * day)).toBeLessThan(recencyOf(365 * day));
  });
});

describe("fuseEvidence", () => {
  it("names what speaks most for an item, and nothing when nothing does", () => {
    const nothing = { content: 0, together: 0, recency: 0, popularity: 0 };
    expect(fuseEvidence({ ...nothing, content: 1 }, "related").strongest).toBe("content");
    expect(fuseEvidence(nothing, "related")).toEqual({ score: 0, strongest: undefined });
  });
});
