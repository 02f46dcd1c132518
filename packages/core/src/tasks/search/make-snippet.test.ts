import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeSnippet } from "./make-snippet.js";

const marksOf = (text: string, word: string) =>
  [...text.matchAll(new RegExp(word, "gu"))].map(({ index }) => ({
    field: "text" as const,
    start: index,
    end: index + word.length,
  }));
const filler = "Lorem words that say nothing at all. ".repeat(20);

describe("a snippet", () => {
  it("is the whole text when that is short, on one line", () => {
    const text = "Refunds\ntake 14 days.";
    expect(makeSnippet(text, marksOf(text, "days"))).toEqual({
      snippet: "Refunds take 14 days.",
      highlights: [{ start: 16, end: 20 }],
    });
  });

  it("shows the part with most words of the query, and marks them", () => {
    const text = `refund ${filler}a refund for a refund, refund${filler}`;
    const { snippet, highlights } = makeSnippet(text, marksOf(text, "refund"));
    expect(snippet.startsWith("…")).toBe(true);
    expect(snippet.endsWith("…")).toBe(true);
    expect(highlights.map(({ start, end }) => snippet.slice(start, end))).toEqual([
      "refund",
      "refund",
      "refund",
    ]);
  });

  it("is the beginning when the words are in the title only", () => {
    const { snippet, highlights } = makeSnippet(filler, [{ field: "title", start: 0, end: 5 }]);
    expect(filler.startsWith(snippet.slice(0, -1))).toBe(true);
    expect(highlights).toEqual([]);
  });

  it("keeps to its length and to whole characters, with marks that lie in it, for any text", () => {
    const part = fc.constantFrom("refund", " ", "\n", "🙂", "x".repeat(50), "é", "word ");
    const text = fc.array(part, { maxLength: 120 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (each) => {
        const { snippet, highlights } = makeSnippet(each, marksOf(each, "refund"));
        expect(snippet.length).toBeLessThanOrEqual(240);
        expect(() => encodeURIComponent(snippet)).not.toThrow(); // throws for half a character
        for (const { start, end } of highlights) expect(snippet.slice(start, end)).toBe("refund");
        if (each.includes("refund")) expect(highlights.length).toBeGreaterThan(0);
      }),
    );
  });
});
