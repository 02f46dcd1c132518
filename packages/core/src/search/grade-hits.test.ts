import { describe, expect, it } from "vitest";
import { gradeHits } from "./grade-hits.js";

const hits = [2, 0, 1, 3].map((slot) => ({ slot, score: 0.9 }));

describe("gradeHits", () => {
  it("compares with the best by words, keeps the order, and counts likeness where words are missing", () => {
    const byWords = [
      { slot: 2, score: 8 },
      { slot: 1, score: 4 },
      { slot: 0, score: 2 },
    ];
    expect(gradeHits(hits, { byWords, likeness: Float32Array.of(0, 0, 0.5, 0.125) })).toEqual([
      { slot: 2, score: 1 },
      { slot: 0, score: 0.25 },
      { slot: 1, score: 0.25 },
      { slot: 3, score: 0.125 },
    ]);
  });

  it("goes by likeness alone when no word is shared", () => {
    const graded = gradeHits(hits, { byWords: [], likeness: Float32Array.of(0.5, 0.25, 0.75, -0.5) });
    expect(graded.map(({ score }) => score)).toEqual([0.75, 0.5, 0.25, 0]);
  });
});
