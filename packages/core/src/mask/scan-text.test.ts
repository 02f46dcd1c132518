import { describe, expect, it } from "vitest";
import type { Detection } from "./detectors/detector.js";
import { atOnce } from "./in-slices.js";
import { mergeFindings } from "./merge-findings.js";
import { type Scan, scanText, type TypedDetector } from "./scan-text.js";

const scan = (...asked: Parameters<typeof scanText>) => atOnce(scanText(...asked));

const detection = (start: number, end: number): Detection => ({ start, end, score: 0.9, why: ["pattern"] });
const detectorOf = (find: TypedDetector["find"]): TypedDetector => ({ type: "own", find });
const scanWith = (...detectors: TypedDetector[]): Scan => ({
  detectors,
  values: [],
  isLikely: () => true,
  isExcluded: () => false,
});

describe("scanText", () => {
  it("ends with mask_failed when a detector throws, quoting nothing", () => {
    const throwing = detectorOf(({ text }) => {
      throw new Error(text);
    });
    const lazily = detectorOf(function* ({ text }) {
      yield detection(0, 3);
      throw new Error(text);
    });
    for (const detector of [throwing, lazily]) {
      expect(() => scan("Zaphod", [], scanWith(detector))).toThrow(
        expect.objectContaining({ code: "mask_failed", message: 'The detector of "own" failed.' }),
      );
    }
  });

  it("survives finds that overlap or point outside", () => {
    const wild = detectorOf(() => [
      detection(-5, 3),
      detection(2, 4),
      detection(4, 900),
      detection(40, 50),
      detection(3, 1),
    ]);
    const text = "abc\u200bdefgh";
    const merged = mergeFindings(scan(text, [], scanWith(wild)), text.length);
    expect(merged.map(({ start, end }) => [start, end])).toEqual([
      [0, 5],
      [5, 9],
    ]);
  });

  it("shows detectors folded text, and each leaf of a JSON document with its keys", () => {
    const seen: [string, readonly (string | number)[]][] = [];
    const looking = detectorOf(({ text, path }) => {
      seen.push([text, path]);
      return [];
    });
    scan("４2\u00ad7", ["input", 0], scanWith(looking));
    scan('{"user":{"id":123,"tags":["red"],"on":true},"note":"a\\u0062c"}', ["body"], scanWith(looking));
    scan("{ not: json }", ["body"], scanWith(looking));
    expect(seen).toEqual([
      ["427", ["input", 0]],
      ["user", ["body"]],
      ["123", ["user", "id"]],
      ["tags", ["body"]],
      ["red", ["user", "tags"]],
      ["note", ["body"]],
      ["abc", ["note"]],
      ["{ not: json }", ["body"]],
    ]);
  });
});
