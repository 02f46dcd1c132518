import { describe, expect, it } from "vitest";
import { fuseRanks } from "./fuse-ranks.js";

const ranked = (...slots: number[]) => slots.map((slot, at) => ({ slot, score: 100 - at }));

describe("fuseRanks", () => {
  it("gives 1 to the first of every list", () => {
    const [first] = fuseRanks([
      { ranked: ranked(3, 1), weight: 1 },
      { ranked: ranked(3, 2), weight: 0.5 },
    ]);
    expect(first?.slot).toBe(3);
    expect(first?.score).toBeCloseTo(1);
  });

  it("puts what both lists have before what one has", () => {
    const fused = fuseRanks([
      { ranked: ranked(1, 2), weight: 1 },
      { ranked: ranked(3, 2), weight: 1 },
    ]);
    expect(fused.map(({ slot }) => slot)).toEqual([2, 1, 3]);
  });

  it("lets equals share a rank, so that the other list decides", () => {
    const equals = [7, 8, 9].map((slot) => ({ slot, score: 1 }));
    const fused = fuseRanks([
      { ranked: equals, weight: 1 },
      { ranked: ranked(9, 8), weight: 0.1 },
    ]);
    expect(fused.map(({ slot }) => slot)).toEqual([9, 8, 7]);
  });

  it("makes nothing of nothing", () => expect(fuseRanks([{ ranked: [], weight: 1 }])).toEqual([]));
});
