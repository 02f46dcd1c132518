import { describe, expect, it } from "vitest";
import type { Finding } from "./finding.js";
import { mergeFindings } from "./merge-findings.js";

const finding = (type: string, start: number, end: number): Finding => ({
  type,
  start,
  end,
  score: 0.5,
  why: ["pattern"],
});

describe("mergeFindings", () => {
  it("sorts, and keeps neighbours apart", () => {
    expect(mergeFindings([finding("b", 5, 8), finding("a", 0, 5)], 10)).toEqual([
      finding("a", 0, 5),
      finding("b", 5, 8),
    ]);
  });

  it("joins what overlaps under the longest one's type, of equals under the first's", () => {
    expect(mergeFindings([finding("a", 0, 4), finding("b", 3, 9), finding("c", 8, 10)], 10)).toEqual([
      finding("b", 0, 10),
    ]);
    expect(mergeFindings([finding("a", 2, 6), finding("b", 2, 6)], 10)).toEqual([finding("a", 2, 6)]);
    expect(mergeFindings([finding("a", 0, 8), finding("b", 2, 4)], 10)).toEqual([finding("a", 0, 8)]);
  });

  it("prefers one that passed a check, whatever its length, and the likelier of two as long", () => {
    const checked: Finding = { type: "card", start: 4, end: 8, score: 0.3, why: ["pattern", "checksum"] };
    expect(mergeFindings([finding("a", 0, 10), checked], 10)).toEqual([{ ...checked, start: 0, end: 10 }]);
    const known: Finding = { type: "known", start: 2, end: 6, score: 1, why: ["known"] };
    expect(mergeFindings([finding("a", 2, 6), known], 10)).toEqual([known]);
    expect(mergeFindings([finding("a", 2, 7), known], 10)).toEqual([finding("a", 2, 7)]);
  });

  it("cuts at the text's edges and drops what is empty or backwards", () => {
    const odd = [finding("a", -5, 2), finding("b", 4, 4), finding("c", 7, 5), finding("d", 8, 99)];
    expect(mergeFindings([...odd, finding("e", Number.NaN, 3)], 10)).toEqual([
      finding("a", 0, 2),
      finding("d", 8, 10),
    ]);
  });
});
