import { describe, expect, it } from "vitest";
import { problemsOf } from "../../testing/problems-of.js";
import { knowledgeFromMarkdown } from "./knowledge-from-markdown.js";

const titles = (markdown: string) => knowledgeFromMarkdown(markdown).map(({ title }) => title);

describe("headings", () => {
  it("make documents, titled with the path to them", () => {
    const markdown =
      "# Billing\n\nIntro.\n\n## Refunds\n\nIn **30** days.\n\n### Partly\n\nNo.\n\n## Invoices\n\nPDF.";
    expect(knowledgeFromMarkdown(markdown)).toEqual([
      { title: "Billing", text: "Intro." },
      { title: "Billing › Refunds", text: "In **30** days." },
      { title: "Billing › Refunds › Partly", text: "No." },
      { title: "Billing › Invoices", text: "PDF." },
    ]);
  });

  it.each<[string, string, readonly string[]]>([
    ["without text give no document, but stay in the path", "# A\n## B\n### C\nx\n## D", ["A › B › C"]],
    ["may skip a level", "# A\na\n#### B\nb\n## C\nc", ["A", "A › B", "A › C"]],
    ["may begin low", "### A\na\n## B\nb", ["A", "B"]],
    ["may be underlined", "Billing\n=======\n\na\n\nRefunds\n---\nb", ["Billing", "Billing › Refunds"]],
    ["may close with hashes", "# A ##\na\n# C#\nb\n# ###\nc", ["A", "C#", "c"]],
    [
      "lose links, emphasis and ids",
      "# [Pay](/pay) *now* with `card_id` {#pay}\na",
      ["Pay now with card_id"],
    ],
    ["need a space", "#tag\nmore", ["tag"]],
    ["may be the same twice", "# A\nx\n# A\ny", ["A", "A"]],
    ["in fences are code", "# A\n```sh\n# no\n~~~\n## no\n```\n## B\nb", ["A", "A › B"]],
    ["in a longer fence are code", "# A\n~~~~\n~~~\n# no\n~~~~\n# B\nb", ["A", "B"]],
    ["in a fence without an end are code", "# A\n```\n# no", ["A"]],
    ["in indented code are code", "# A\n\n    # no\n", ["A"]],
    ["of inline fences are headings", "# A\n```x```\n# B\nb", ["A", "B"]],
    [
      "are no rules below lists, quotes and tables",
      "# A\n- x\n---\n> y\n---\n| a |\n|---|\n| b |\n---\nz",
      ["A"],
    ],
    ["are no rules below an empty line", "# A\nx\n\n---\n\ny", ["A"]],
  ])("%s", (_, markdown, expected) => expect(titles(markdown)).toEqual(expected));

  it("leave tables, lists and code as they are", () => {
    const text = "| plan | price |\n|---|---|\n| Pro | 20 |\n\n- one\n  - two\n\n```ts\n# 1\n\n\nx();\n```";
    expect(knowledgeFromMarkdown(`# Prices\n\n${text}\n\n\n# Next\n.`)[0]?.text).toBe(text);
  });
});

describe("texts without headings", () => {
  it.each([
    ["Refunds take 30 days.\nMore.", "Refunds take 30 days."],
    ["- **Refunds** take 30 days", "Refunds take 30 days"],
    ["```\ncode\n```", "Untitled"],
    ["***", "Untitled"],
    ["word ".repeat(100), expect.stringMatching(/^word .{60,80}$/u)],
  ])("%j is titled with its first line", (markdown, title) => expect(titles(markdown)).toEqual([title]));

  it("are one document above the first heading", () => {
    expect(titles("Hello there.\n\n# A\na")).toEqual(["Hello there.", "A"]);
  });
});

it.each(["\uFEFF# A\r\na\r\n\r\n## B\r\nb\r\n", "# A\ra\r\r## B\rb"])(
  "reads %j of any system",
  (markdown) => {
    expect(knowledgeFromMarkdown(markdown)).toEqual([
      { title: "A", text: "a" },
      { title: "A › B", text: "b" },
    ]);
  },
);

describe("links", () => {
  it("lead to the heading, also when it is there twice", () => {
    const markdown = "Intro\n# How to pay?\na\n## Setup\nb\n# Zoë & Co\nc\n## Setup\nd\n## Own {#mine}\ne";
    const documents = knowledgeFromMarkdown(markdown, { url: "/help", pages: ["pricing"] });
    expect(documents.map(({ url }) => url)).toEqual([
      "/help",
      "/help#how-to-pay",
      "/help#setup",
      "/help#zo%C3%AB--co",
      "/help#setup-1",
      "/help#mine",
    ]);
    expect(documents.every(({ pages }) => pages?.join() === "pricing")).toBe(true);
  });

  it("stay as they are when they name a place already", () => {
    expect(knowledgeFromMarkdown("# A\na", { url: "/faq#all" })[0]?.url).toBe("/faq#all");
  });
});

describe("front matter", () => {
  it("gives title, address and pages, and goes before the options", () => {
    const markdown =
      '---\ntitle: "Plans: all"\nurl: /plans\npages: [pricing, trial]\ndraft: no\n---\n# Plans\na\n## Pro\nb';
    expect(knowledgeFromMarkdown(markdown, { url: "/x", pages: ["y"] })).toEqual([
      { title: "Plans: all", text: "a", url: "/plans", pages: ["pricing", "trial"] },
      { title: "Plans: all › Pro", text: "b", url: "/plans#pro", pages: ["pricing", "trial"] },
    ]);
  });

  it("may list the pages below each other", () => {
    expect(knowledgeFromMarkdown("---\npages:\n  - a\n  - b\n---\nText")).toEqual([
      { title: "Text", text: "Text", pages: ["a", "b"] },
    ]);
  });

  it("is not a rule at the top", () => {
    expect(knowledgeFromMarkdown("---\n\nHello, you.\n\n---\n# A\na")[0]?.text).toContain("Hello, you.");
  });
});

it.each([
  ["nothing", ""],
  ["blanks", " \n\t\n"],
  ["only headings", "# A\n## B\n"],
  ["only front matter", "---\ntitle: A\n---\n"],
])("refuses %s", (_, markdown) => {
  expect(problemsOf(() => knowledgeFromMarkdown(markdown))).toEqual([expect.stringMatching(/^markdown: /u)]);
});

it("refuses what is no text, and options of another kind", () => {
  const refuse = (...given: readonly unknown[]) =>
    problemsOf(() => Reflect.apply(knowledgeFromMarkdown, undefined, given));
  expect(refuse(undefined)).toEqual(["markdown: must be a text that is not empty"]);
  expect(refuse("x", { url: 5 })).toEqual(["url: must be an address"]);
  expect(refuse("x", { pages: "a" })).toEqual(["pages: must be a list of page names"]);
});

it.each([
  "#".repeat(200_000),
  "x".repeat(200_000),
  `${"# a\n".repeat(50_000)}x`,
  "[".repeat(200_000),
  `# ${"[a](".repeat(50_000)}\nx`,
  "- ".repeat(100_000),
])("reads %#. hostile text in time", (markdown) => {
  const begin = performance.now();
  expect(knowledgeFromMarkdown(markdown).length).toBeGreaterThan(0);
  expect(performance.now() - begin).toBeLessThan(1500);
});
