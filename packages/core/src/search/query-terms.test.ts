import { describe, expect, it } from "vitest";
import type { CallerView } from "./caller-view.js";
import { queryTermsOf, stemsOf } from "./query-terms.js";
import { createSynonyms } from "./synonyms.js";
import { createWordIndex } from "./word-index.js";

function readingOf(texts: readonly string[], visible: (slot: number) => boolean = () => true) {
  const index = createWordIndex();
  for (const [slot, text] of texts.entries()) index.add(slot, { text });
  const count = texts.filter((_, slot) => visible(slot)).length;
  const view: CallerView = { isEverything: false, isVisible: visible, count, averageLength: 5 };
  return { index, view, synonyms: createSynonyms() };
}
const reading = readingOf([
  "cancel the plan",
  "GitHub stars",
  "the data source",
  "remove a plan",
  "read_file",
  "rules 100 and 200",
]);
const termsOf = (query: string) =>
  queryTermsOf(query, reading).map(({ word, readAs, standIns }) => [
    word,
    readAs,
    standIns.map(({ stem }) => stem),
  ]);

describe("queryTermsOf", () => {
  it.each([
    ["a known word", "cancelling", [["cancelling", undefined, ["cancel"]]]],
    ["a typo", "cancle", [["cancle", "cancel", ["cancel"]]]],
    [
      "a stop word that no document has",
      "how about",
      [
        ["how", undefined, []],
        ["about", undefined, []],
      ],
    ],
    ["a synonym of a word that is not there", "delete", [["delete", undefined, ["remov"]]]],
    ["two words written as one", "datasource", [["datasource", "data source", ["data", "sourc"]]]],
    [
      "a slip in a stop word",
      "whihc plan",
      [
        ["whihc", "which", []],
        ["plan", undefined, ["plan"]],
      ],
    ],
    ["what means nothing here", "zebra", [["zebra", undefined, []]]],
    ["a number that two others would make", "100200", [["100200", undefined, []]]],
    [
      "a swap at the start of a stop word",
      "hwich plan",
      [
        ["hwich", "which", []],
        ["plan", undefined, ["plan"]],
      ],
    ],
    ["stop words beside others", "how do I cancel", [["cancel", undefined, ["cancel"]]]],
    ["stop words alone", "the", [["the", undefined, ["the"]]]],
    ["a word twice", "plan plans", [["plan", undefined, ["plan"]]]],
    [
      "an identifier in another spelling",
      "readFile",
      [
        ["read", undefined, ["read"]],
        ["file", undefined, ["fil"]],
        ["readfile", undefined, ["readfil"]],
      ],
    ],
    ["nothing", "", []],
  ])("reads %s", (_, query, terms) => expect(termsOf(query)).toEqual(terms));

  it("counts only what the caller sees", () => {
    const texts = ["alpha beta", "alpha gamma", "alpha delta", "epsilon"];
    const all = queryTermsOf("alpha", readingOf(texts));
    const some = queryTermsOf(
      "alpha",
      readingOf(texts, (slot) => slot === 0 || slot === 3),
    );
    expect(some[0]?.rarity).toBeGreaterThan(all[0]?.rarity ?? 0);
    expect(
      queryTermsOf(
        "gama",
        readingOf(texts, (slot) => slot === 0),
      )[0]?.standIns,
    ).toEqual([]);
  });

  it("reads a limited number of words", () => {
    const many = Array.from(
      { length: 500 },
      (_, at) => `word${String.fromCharCode(97 + (at % 26))}${at}`,
    ).join(" ");
    expect(queryTermsOf(many, reading).length).toBeLessThanOrEqual(64);
  });
});

describe("stemsOf", () => {
  it("gives the stems that carry meaning, as often as they occur", () => {
    expect(stemsOf("The plan's plans, and a createIndex call")).toEqual([
      "plan",
      "plan",
      "creat",
      "index",
      "cal",
    ]);
  });
});
