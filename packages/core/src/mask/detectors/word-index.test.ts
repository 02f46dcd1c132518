import { describe, expect, it } from "vitest";
import { wordIndex } from "./word-index.js";

const find = wordIndex([
  ["name", 1],
  ["na", 2],
  ["I’m", 3],
  ["sk-", 4],
]);
const found = (text: string) => [...find(text)].map(({ index, word, entry }) => [index, word, entry]);

describe("wordIndex", () => {
  it("finds its words in their order", () => {
    expect(found("a name, Name, nation sk-")).toEqual([
      [2, "name", 1],
      [2, "na", 2],
      [14, "na", 2],
      [21, "sk-", 4],
    ]);
    expect(found("I’m, I—")).toEqual([[0, "I’m", 3]]);
  });

  it("only at the start of a word", () => {
    expect(found("rena xna 9na _na éna")).toEqual([
      [14, "na", 2],
      [18, "na", 2],
    ]);
    expect(found("task-1 sk-1")).toEqual([[7, "sk-", 4]]);
  });

  it("finds nothing in what is too short", () => {
    expect(found("")).toEqual([]);
    expect(found("n")).toEqual([]);
    expect(found("é")).toEqual([]);
    expect(found("nam")).toEqual([[0, "na", 2]]);
  });
});
