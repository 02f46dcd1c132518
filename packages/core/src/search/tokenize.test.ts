import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenize } from "./tokenize.js";

const wordsOf = (text: string) => tokenize(text).map(({ word }) => word);

describe("tokenize", () => {
  it.each([
    ["plain words", "Cancel your plan!", ["cancel", "your", "plan"]],
    ["camel case", "createSearchIndex", ["create", "search", "index", "createsearchindex"]],
    ["snake case", "read_file", ["read", "file", "readfile"]],
    ["constants", "MAX_RETRIES", ["max", "retries", "maxretries"]],
    ["acronyms", "parseHTTPHeader", ["parse", "http", "header", "parsehttpheader"]],
    ["digits", "sha256", ["sha", "256", "sha256"]],
    ["brand names", "GitHub", ["git", "hub", "github"]],
    ["single letters of a name", "iPhone", ["phone", "iphone"]],
    ["a letter alone", "in C", ["in", "c"]],
    ["hyphens", "sign-up", ["sign", "up", "signup"]],
    ["contractions", "don't", ["dont"]],
    ["possessives", "Ada’s plan", ["ada", "plan"]],
    ["accents", "Café crème", ["cafe", "creme"]],
    ["private names", "_hidden $value", ["hidden", "value"]],
    ["calls", "fs.readFileSync(path)", ["fs", "read", "file", "sync", "readfilesync", "path"]],
    ["Cyrillic", "Привет, мир", ["привет", "мир"]],
    ["Greek capitals", "ΑΒΓ", ["αβγ"]],
    ["Chinese as pairs", "搜索引擎", ["搜索", "索引", "引擎"]],
    ["one Chinese sign", "猫", ["猫"]],
    ["mixed scripts", "API接口", ["api", "接口"]],
    ["Hangul as pairs", "검색어", ["검색", "색어"]],
    ["emoji", "😀🎉", []],
    ["nothing", " \n\t", []],
  ])("reads %s", (_, text, words) => expect(wordsOf(text)).toEqual(words));

  it("says where each word stands", () => {
    const text = "See readFile in 検索例, GitHub’s";
    expect(tokenize(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      ...["See", "read", "File", "readFile", "in", "検索", "索例", "Git", "Hub", "GitHub"],
    ]);
  });

  it("never throws, and stays within the text", () => {
    void fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), (text) => {
        for (const { word, start, end } of tokenize(text)) {
          expect(word).not.toBe("");
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it("takes the beginning of an endless word", () => {
    expect(wordsOf("a".repeat(1_000_000))[0]?.length).toBeLessThan(200);
  });
});
