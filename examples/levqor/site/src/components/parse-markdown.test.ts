import { describe, expect, it } from "vitest";
import { isSafeUrl, parseMarkdown } from "./parse-markdown.js";

const text = (value: string) => ({ kind: "text", text: value });

describe("parseMarkdown", () => {
  it("reads paragraphs, lists, bold, code and links", () => {
    expect(
      parseMarkdown("See **this** and `that`.\n\n- one\n- [two](/pricing)\n\n1. first\n2) second"),
    ).toEqual([
      {
        kind: "paragraph",
        content: [
          text("See "),
          { kind: "strong", text: "this" },
          text(" and "),
          { kind: "code", text: "that" },
          text("."),
        ],
      },
      {
        kind: "list",
        ordered: false,
        items: [[text("one")], [{ kind: "link", text: "two", url: "/pricing" }]],
      },
      { kind: "list", ordered: true, items: [[text("first")], [text("second")]] },
    ]);
  });

  it("ends a paragraph where a list begins", () => {
    expect(parseMarkdown("Plans:\n- Pro").map(({ kind }) => kind)).toEqual(["paragraph", "list"]);
  });

  it("leaves HTML as text", () => {
    const source = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    expect(parseMarkdown(source)).toEqual([{ kind: "paragraph", content: [text(source)] }]);
  });

  it("reads what has arrived of a reply so far", () => {
    expect(parseMarkdown("```\ncode")).toEqual([{ kind: "code", text: "code" }]);
    expect(parseMarkdown("It costs **£")).toEqual([{ kind: "paragraph", content: [text("It costs **£")] }]);
    expect(parseMarkdown("")).toEqual([]);
  });

  it("shows links to other schemes as text", () => {
    const source = "[click](javascript:alert(1)) [data](data:text/html,x) [host](//evil.example)";
    expect(
      parseMarkdown(source).flatMap((block) => (block.kind === "paragraph" ? block.content : [])),
    ).not.toContainEqual(expect.objectContaining({ kind: "link" }));
  });
});

describe("isSafeUrl", () => {
  it.each(["/pricing", "https://example.com/a?b=c", "HTTP://example.com"])("admits %s", (url) => {
    expect(isSafeUrl(url)).toBe(true);
  });
  it.each([
    "javascript:alert(1)",
    "//example.com",
    "/\\example.com",
    "data:text/html,x",
    "pricing",
    "https://",
  ])("refuses %s", (url) => {
    expect(isSafeUrl(url)).toBe(false);
  });
});
