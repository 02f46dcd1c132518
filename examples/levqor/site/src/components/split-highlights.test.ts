import { describe, expect, it } from "vitest";
import { splitHighlights } from "./split-highlights.js";

/** Pieces as text, marked ones in brackets. */
const shown = (text: string, ...highlights: readonly (readonly [number, number])[]) =>
  splitHighlights(
    text,
    highlights.map(([start, end]) => ({ start, end })),
  ).map(({ text: piece, isMarked }) => (isMarked ? `[${piece}]` : piece));

describe("splitHighlights", () => {
  it("marks words and keeps what is between them", () => {
    expect(shown("ask for a refund today", [0, 3], [10, 16])).toEqual([
      "[ask]",
      " for a ",
      "[refund]",
      " today",
    ]);
  });

  it.each<[string, readonly (readonly [number, number])[], readonly string[]]>([
    ["", [], []],
    ["refund", [], ["refund"]],
    ["refund", [[0, 6]], ["[refund]"]],
    ["refund", [[2, 90]], ["re", "[fund]"]],
    ["refund", [[90, 95]], ["refund"]],
    ["refund", [[3, 3]], ["ref", "und"]],
    [
      "refund",
      [
        [0, 4],
        [2, 6],
      ],
      ["[refu]", "[nd]"],
    ],
    ["a 😀 b", [[2, 4]], ["a ", "[😀]", " b"]],
  ])("of %j with %j gives %j", (text, highlights, pieces) => {
    expect(shown(text, ...highlights)).toEqual(pieces);
  });
});
