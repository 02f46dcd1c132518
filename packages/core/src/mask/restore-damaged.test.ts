import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Masked } from "./masker.js";
import { patternMasker } from "./pattern-masker.js";

const masker = patternMasker({ createNonce: () => "k3f9", known: ["a & b <c>"] });
const mask = <Value>(value: Value) => masker.mask(value, {}) as Masked<Value>;
const masked = mask("ada@example.com, a & b <c>");

describe("a placeholder that the model damaged", () => {
  it.each([
    "[EMAIL_k3f9_0001]",
    "[Email_K3F9_0001]",
    "[EMAIL\\_k3f9\\_0001]",
    "\\[EMAIL\\_k3f9\\_0001\\]",
    "[ EMAIL_k3f9_0001 ]",
    "[EMAIL k3f9 0001]",
    "[EMAIL _ k3f9_0001]",
    "[EMAIL-k3f9-0001]",
    "[EMAIL_k3f9_\n0001]",
    "[EMAIL_k3f9\r\n_0001]",
    "[\nEMAIL_k3f9_0001\n]",
    "%5BEMAIL_k3f9_0001%5D",
    "%5bEMAIL%5Fk3f9%5F0001%5d",
    "&#91;EMAIL_k3f9_0001&#93;",
    "&#x5B;EMAIL_k3f9_0001&#x5d;",
    "&lbrack;EMAIL&lowbar;k3f9_0001&rsqb;",
  ])("is understood: %j", (damaged) => {
    const restored = masked.restore(`to ${damaged}.`);
    expect(decodeURIComponent(restored)).toBe("to ada@example.com.");
    const restorer = masked.restorer();
    const streamed = [...`to ${damaged}.`].map((letter) => restorer.push(letter)).join("");
    expect(streamed + restorer.end()).toBe(restored);
  });

  it("is restored as its place needs it: in a URL, in HTML, in JSON", () => {
    expect(masked.restore("?q=%5BKNOWN_k3f9_0002%5D")).toBe("?q=a%20%26%20b%20%3Cc%3E");
    expect(masked.restore("<b>&#91;KNOWN_k3f9_0002&#93;</b>")).toBe("<b>a &amp; b &lt;c&gt;</b>");
    expect(masked.restore("[KNOWN_k3f9_0002]")).toBe("a & b <c>");
  });

  it.each([
    "[EMAIL_k3f9_00 01]",
    "[EMAIL__________k3f9_0001]",
    "[EMAIL_k3f9_0001",
    "EMAIL_k3f9_0001",
    "[E-Mail_k3f9_0001]",
    "[PHONE_k3f9_0001]",
    "[EMAIL_k3f8_0001]",
    "[EMAIL_k3f9_0099]",
    "[EMAIL_k3f9_00010]",
    "(EMAIL_k3f9_0001)",
  ])("is left when it is another: %j", (other) => {
    expect(masked.restore(other)).toBe(other);
  });

  it("holds nothing back for longer than a placeholder can be", () => {
    for (const endless of [
      "[EMAIL_".concat("_".repeat(5000)),
      "[".concat(" ".repeat(5000)),
      "\\[".repeat(3000),
    ]) {
      const restorer = masked.restorer();
      let shown = "";
      for (const letter of endless) {
        shown += restorer.push(letter);
      }
      expect(endless.length - shown.length).toBeLessThan(400);
      expect(shown + restorer.end()).toBe(endless);
    }
  });
});

const damage = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.toLowerCase(),
  (text) => text.replaceAll("_", "\\_"),
  (text) => text.replaceAll("_", " "),
  (text) => text.replaceAll("_", "_\n"),
  (text) => text.replaceAll("_", "-"),
  (text) => text.replace("[", "[ "),
  (text) => text.replace("[", "%5B").replace("]", "%5D"),
  (text) => text.replace("[", "&#91;").replace("]", "&#93;"),
  (text) => text.replace("[", "&lbrack;"),
  (text) => text.replace("[", "\\[").replace("]", "\\]"),
  (text) => text.slice(0, -3),
  (text) => text.slice(4),
);
const token = fc
  .tuple(fc.constantFrom("[EMAIL_k3f9_0001]", "[LITERAL_k3f9_0001]", "[KNOWN_k3f9_0002]"), damage, damage)
  .map(([text, first, second]) => second(first(text)));
const pieces = fc.oneof(
  token,
  fc.constantFrom(
    "ada@example.com",
    "a & b <c>",
    "%5",
    "%",
    "&",
    "&#9",
    "&lbr",
    "\\",
    "[",
    "]",
    " ",
    "\u200b",
    "0001]",
    "\ufeff",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
);

describe("what a user typed", () => {
  it("comes back as it was, however much like a placeholder it reads", () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 10 }), (parts) => {
        const text = parts.join("");
        const hidden = mask(text);
        expect(hidden.restore(hidden.value)).toBe(text);
      }),
      { numRuns: 5000, seed: 21 },
    );
  });
});

describe("200 streamed replies", () => {
  const originals = {
    password: 'a"b\\c9Tr0ub4dor',
    key: "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END PRIVATE KEY-----",
  };
  const hostile = mask({
    ...originals,
    typed: "[EMAIL_k3f9_0001] \\[KNOWN\\_k3f9\\_0002\\]",
    to: "a & b <c> ada@example.com",
  });
  const issued = JSON.stringify(hostile.value).match(/\[\w+\]/g) ?? [];
  const word = fc.oneof(
    fc.tuple(fc.constantFrom(...issued), damage).map(([text, change]) => change(text)),
    pieces,
  );
  const replies = fc.sample(
    fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join("")),
    {
      numRuns: 200,
      seed: 22,
    },
  );

  it("are restored alike at every split point, as text", () => {
    for (const reply of replies) {
      const whole = hostile.restore(reply);
      for (let split = 0; split <= reply.length; split += 1) {
        const restorer = hostile.restorer();
        const shown =
          restorer.push(reply.slice(0, split)) + restorer.push(reply.slice(split)) + restorer.end();
        if (shown !== whole) expect({ reply, split, shown }).toEqual({ reply, split, shown: whole });
      }
    }
  });

  it("are restored alike at every split point, as JSON that stays JSON", () => {
    for (const reply of replies) {
      const json = JSON.stringify({ reply });
      const whole = hostile.restoreJson(json);
      expect(JSON.parse(whole)).toEqual(hostile.restore({ reply }));
      for (let split = 0; split <= json.length; split += 1) {
        const restorer = hostile.jsonRestorer();
        const shown = restorer.push(json.slice(0, split)) + restorer.push(json.slice(split)) + restorer.end();
        if (shown !== whole) expect({ json, split, shown }).toEqual({ json, split, shown: whole });
      }
    }
  });

  it("never show a placeholder that was issued", () => {
    const all = issued.join(" ");
    expect(hostile.restore(all)).not.toMatch(/\[(?:SECRET|PERSON)_k3f9/);
    expect(issued.length).toBeGreaterThan(4);
  });
});
