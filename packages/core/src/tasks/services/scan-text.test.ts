import fc from "fast-check";
import { expect, it } from "vitest";
import { scanText } from "./scan-text.js";

const kinds = (text: string) => scanText(text).map(({ kind, text: said }) => `${kind}:${said}`);

it.each([
  ["write to [EMAIL_k3f9_0001].", ["word:write", "word:to", "placeholder:[EMAIL_k3f9_0001]", "break:."]],
  ['says "a, b" then', ["word:says", 'quoted:"a, b"', "word:then"]],
  [
    "ann@example.com, #ops → v1.2",
    ["address:ann@example.com", "comma:,", "tag:#ops", "arrow:→", "word:v1.2"],
  ],
  ["see https://example.com/a?b=c,d now", ["word:see", "address:https://example.com/a?b=c,d", "word:now"]],
  ["it's the user's e-mail", ["word:it's", "word:the", "word:user's", "word:e-mail"]],
  ["at 9:30; amount > 100", ["word:at", "word:9:30", "break:;", "word:amount", "mark:>", "word:100"]],
])("%s", (text, expected) => {
  expect(kinds(text)).toEqual(expected);
});

it("loses nothing but white space", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      const tokens = scanText(text);
      const spaceless = (said: string) => said.replace(/\s/gu, "");
      expect(spaceless(tokens.map((token) => token.text).join(""))).toBe(spaceless(text));
      for (const { text: said, start, end } of tokens) expect(text.slice(start, end)).toBe(said);
    }),
  );
});
