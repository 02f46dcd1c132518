import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldText } from "./folded-text.js";

/** What stands in the original where `part` stands in the folded text. */
function originalOf(original: string, part: string): string {
  const folded = foldText(original);
  const start = folded.text.indexOf(part);
  expect(start, folded.text).toBeGreaterThanOrEqual(0);
  const span = folded.toOriginal({ start, end: start + part.length });
  return original.slice(span.start, span.end);
}

describe("foldText", () => {
  it.each([
    ["ada [at] example [dot] com", "ada@example.com"],
    ["ada(at)example(dot)com", "ada@example.com"],
    ["ada（at）example（dot）com", "ada@example.com"],
    ["ada\u00a0[at]\u00a0example\u00a0(dot)\u00a0com", "ada@example.com"],
    ["ada [at] [at] x", "ada@@x"],
    ["ada {AT} example {DOT} com", "ada@example.com"],
    ["ada<at>example<.>com", "ada@example.com"],
    ["ada[@]example[.]com", "ada@example.com"],
    ["ada at example dot com", "ada@example.com"],
    ["ada dot lovelace at mail dot example dot org", "ada.lovelace@mail.example.org"],
    ["ada%40example%2Ecom", "ada@example.com"],
    ["ada&#64;example&#46;com", "ada@example.com"],
    ["ada&#x40;example&#x2e;com", "ada@example.com"],
    ["ada&commat;example&period;com", "ada@example.com"],
    ["ada\\u0040example.com", "ada@example.com"],
    ["ad\u00ada\u200b@exam\u2060ple.com", "ada@example.com"],
    ["ada＠example。com", "ada@example.com"],
    ["192[.]168[.]1[.]1", "192.168.1.1"],
    ["%2B44%2020%207946%200958", "+44 20 7946 0958"],
    ["٤١١١ ۴۱۱۱ ４１１１ 𝟒𝟏𝟏𝟏 ⁴¹¹¹ ④①①①", "4111 4111 4111 4111 4111 4111"],
    ["460–89‑9847", "460-89-9847"],
  ])("reads %j as %j, and knows where it stood", (original, folded) => {
    expect(foldText(original).text).toBe(folded);
    expect(originalOf(`x ${original}; y`, folded)).toBe(original);
  });

  it.each([
    "meet me at example.com",
    "look at the dot on the map",
    "one dot comma at most",
    "it rose 5% 40 times & more; [attachment] (dotted) \\u00e9 %zz &unknown;",
    "a <attribute> b at c",
  ])("leaves %j alone", (text) => {
    expect(foldText(text).text).toBe(text);
  });

  it("maps parts of what was spelled out to the whole of it", () => {
    const original = "tel%34\u200b2";
    expect(originalOf(original, "4")).toBe("%34");
    expect(originalOf(original, "42")).toBe("%34\u200b2");
    expect(originalOf(original, "2")).toBe("2");
  });

  it("leaves what nobody sees at the edges of a value outside", () => {
    expect(originalOf("x\u200b42\u200by", "42")).toBe("42");
    expect(originalOf("\ufeff42\u{e0041}", "42")).toBe("42");
  });

  const pieces = fc.constantFrom(
    "a",
    "1",
    "٤",
    "𝟒",
    "\u200b",
    "\u00ad",
    "[at]",
    " [dot] ",
    "\u00a0[at]\u00a0",
    " ",
    "%40",
    "&#64;",
    "&",
    "%4",
    "\\u0040",
    "é",
    "\ud83d",
    "👋",
    "\u{e0041}",
    "－",
    "\n",
  );

  it("maps every part of a text back in its order, and the whole to the whole but for unseen ends", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 14 }),
        (parts) => {
          const original = parts.join("");
          const folded = foldText(original);
          let last = 0;
          for (let index = 0; index < folded.text.length; index += 1) {
            const { start, end } = folded.toOriginal({ start: index, end: index + 1 });
            expect(start).toBeGreaterThanOrEqual(index === 0 ? 0 : last - 1);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(original.length);
            // What was only dropped or kept reads the same, folded again.
            expect(foldText(original.slice(start, end)).text).toContain(folded.text[index]);
            last = end;
          }
        },
      ),
      { numRuns: 1000, seed: 11 },
    );
  });

  it.each([
    "[at]",
    "[ at",
    " at ",
    " dot ",
    " at a dot ",
    "%4",
    "&#",
    "&#0000",
    "&lbrack",
    "\\u00",
    "((((at",
    "\u200b",
    "a at b dot ",
  ])("takes time linear in %j", (seed) => {
    const text = seed.repeat(1_000_000 / seed.length);
    const started = process.cpuUsage().user;
    foldText(text);
    expect((process.cpuUsage().user - started) / 1000).toBeLessThan(1500);
  });
});
