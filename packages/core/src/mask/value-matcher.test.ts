import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createValueMatcher } from "./value-matcher.js";

function found(values: readonly string[], text: string): string[] {
  const matcher = createValueMatcher(values.map((value) => ({ type: "known", value })));
  return [...(matcher?.find(text) ?? [])].map(({ start, end }) => text.slice(start, end));
}

describe("createValueMatcher", () => {
  it.each([
    ["Ada Lovelace", "ask ADA  lovelace's team", "ADA  lovelace"],
    ["Ada Lovelace", "Ada\nLovelace", "Ada\nLovelace"],
    ["Ada Lovelace", "ada.lovelace@example.com", "ada.lovelace"],
    ["Jürgen Müller", "JURGEN MULLER", "JURGEN MULLER"],
    ["Jurgen Muller", "Jürgen Mu\u0308ller", "Jürgen Mu\u0308ller"],
    ["Straße 12", "STRASSE 12", "STRASSE 12"],
    ["ΣΊΣΥΦΟΣ", "σίσυφος", "σίσυφος"],
    ["Ⅷ Ｃｏｒｐ", "VIII CORP", "VIII CORP"],
    ["山田太郎", "こんにちは山田太郎さん", "山田太郎"],
    ["C-12345", "order c-12345.", "c-12345"],
    ["Ada ----- Lovelace", "ask ada ----- lovelace", "ada ----- lovelace"],
    ["hunter2!", "it is hunter2!.", "hunter2!"],
    ["hunter2!", "it is hunter2.", "hunter2"],
    ["((tiger))", "((tiger)), (tiger)", "((tiger))"],
    ['a"b\\c', String.raw`{"p":"a\"b\\c"}`, String.raw`a\"b\\c`],
  ])("finds %j in %j", (value, text, expected) => {
    expect(found([value], text)[0]).toBe(expected);
  });

  it.each([
    ["Ann", "Annual, Joann, Ann2, ann\u0301e"],
    ["Ada Lovelace", "Ada Byron Lovelace, Adalovelace, Ada ---- Lovelace"],
    ["!?", "what!?"],
    ["", "anything"],
  ])("does not find %j in %j", (value, text) => {
    expect(found([value], text)).toEqual([]);
  });

  it("takes the longest of several, and goes on after it", () => {
    expect(found(["Ada", "Ada Lovelace", "Lovelace King"], "Ada Lovelace King, Ada King")).toEqual([
      "Ada Lovelace",
      "Ada",
    ]);
  });

  it("keeps to the letter case when told", () => {
    const matcher = createValueMatcher([{ type: "person", value: "Zoë Will" }], { isCaseKept: true });
    const text = "zoe will, Zoe Will, ZOË WILL, Zoë\u0301 Will";
    expect([...(matcher?.find(text) ?? [])].map(({ start, end }) => text.slice(start, end))).toEqual([
      "Zoe Will",
      "Zoë\u0301 Will",
    ]);
  });

  it("finds the first 64 words of long values, and the rest as it is written", () => {
    const long = Array.from({ length: 100 }, (_, index) => `word${index}`).join(" ");
    expect(found([long], `x ${long} y`)).toEqual([long]);
    const beginning = long.split(" ").slice(0, 64).join(" ");
    expect(found([long], long.toUpperCase())).toEqual([beginning.toUpperCase()]);
    const several = Array.from({ length: 20 }, (_, index) => `${long} ${index}`);
    for (const value of several) expect(found(several, `x ${value} y`)).toEqual([value]);
  });

  it("finds any value within any words", () => {
    const word = fc.stringMatching(/^[a-zé]{1,6}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.string(),
        fc.string(),
        (words, before, after) => {
          const value = words.join(" ");
          const text = `${before} | | ${value.toUpperCase()} | | ${after}`;
          expect(
            found([value], text)
              .map((match) => match.toLowerCase())
              .join(""),
          ).toContain(words[0]);
        },
      ),
      { numRuns: 500, seed: 12 },
    );
  });

  it("takes time that depends on the text, not on how many values there are", () => {
    const values = Array.from({ length: 20_000 }, (_, index) => ({
      type: "known",
      value: `Ada ${index} Lovelace`,
    }));
    const matcher = createValueMatcher(values);
    const text = "Ada Ada 17 Ada 19999 Lovelace ".repeat(5_000);
    const started = process.cpuUsage().user;
    expect([...(matcher?.find(text) ?? [])]).toHaveLength(5_000);
    expect((process.cpuUsage().user - started) / 1000).toBeLessThan(600);
    const deep = createValueMatcher([{ type: "known", value: "a ".repeat(64) }]);
    const again = process.cpuUsage().user;
    expect([...(deep?.find("a ".repeat(50_000)) ?? [])].length).toBeGreaterThan(700);
    expect((process.cpuUsage().user - again) / 1000).toBeLessThan(600);
  });
});
