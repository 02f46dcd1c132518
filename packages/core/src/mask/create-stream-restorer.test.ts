import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Masked } from "./masker.js";
import { patternMasker } from "./pattern-masker.js";

const masker = patternMasker({ createNonce: () => "k3f9" });
const mask = (text: string) => masker.mask(text, {}) as Masked<string>;
const masked = mask("ada@example.com bob@example.com 203.0.113.7");

const pieces = fc.constantFrom(
  "[EMAIL_k3f9_0001]",
  "\\[EMAIL\\_k3f9\\_0002\\]",
  "[ip_address_K3F9_0003]",
  "[EMAIL_k3f9_00011]",
  "[EMAIL_k3f9_0099]",
  "[EMAIL_",
  "[ip\\_",
  "\\[",
  "[",
  "]",
  "\\",
  "_",
  "0001]",
  "k3f9",
  "hello 👋",
  "[link](https://example.com)",
);
const reply = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));

function restoreInParts(parts: readonly string[]): string {
  const restorer = masked.restorer();
  return parts.map((part) => restorer.push(part)).join("") + restorer.end();
}

describe("createStreamRestorer", () => {
  it("equals the whole at every split point", () => {
    fc.assert(
      fc.property(reply, (text) => {
        const whole = masked.restore(text);
        for (let split = 0; split <= text.length; split += 1) {
          expect(restoreInParts([text.slice(0, split), text.slice(split)])).toBe(whole);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("equals the whole in pieces of any size", () => {
    fc.assert(
      fc.property(reply, fc.integer({ min: 1, max: 7 }), (text, size) => {
        const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
          text.slice(index * size, (index + 1) * size),
        );
        expect(restoreInParts(parts)).toBe(masked.restore(text));
      }),
      { numRuns: 1000, seed: 2 },
    );
  });

  it.each([
    ["See [the", "See [the", ""],
    ["See [EMA", "See ", "[EMA"],
    ["See [EMAIL_k3f9_0003", "See [EMAIL_k3f9_0003", ""],
    ["See [EMAIL\\", "See ", "[EMAIL\\"],
    ["See [EMAIL_k3f9_0001\\", "See [EMAIL_k3f9_0001", "\\"],
    ["See \\[EMAIL_k3f9_0001\\", "See ", "\\[EMAIL_k3f9_0001\\"],
    ["a \\", "a ", "\\"],
    ["a [EMAIL_k3f9_0001] [b", "a ada@example.com [b", ""],
  ])("of %j shows %j and holds back %j", (text, shown, held) => {
    const restorer = masked.restorer();
    expect(restorer.push(text)).toBe(shown);
    expect(restorer.end()).toBe(held);
  });

  it("holds nothing back when nothing was hidden", () => {
    expect(mask("clean").restorer().push("[EMAIL_")).toBe("[EMAIL_");
  });

  it("restores what masking made of any text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 6 })), { maxLength: 10 }),
        (parts) => {
          const text = `${parts.join("")}ada@example.com${parts.reverse().join("")}`;
          const vault = mask(text);
          expect(vault.restore(vault.value)).toBe(text);
          const restorer = vault.restorer();
          const streamed = [...vault.value].map((letter) => restorer.push(letter)).join("");
          expect(streamed + restorer.end()).toBe(text);
        },
      ),
      { numRuns: 1000, seed: 3 },
    );
  });
});

describe("createStreamRestorer of JSON", () => {
  const key = "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END PRIVATE KEY-----";
  const originals = ['a"b\\c9Tr0ub4dor', "ada@example.com", "\\[EMAIL_k3f9_0001\\]", key];
  const [password, ...others] = originals;
  const hostile = masker.mask({ password, text: others.join(" ") }, {}) as Masked<Record<string, string>>;
  const issued =
    Object.values(hostile.value)
      .join(" ")
      .match(/\[\w+\]/g) ?? [];
  const written = fc.oneof(fc.constantFrom(...issued), pieces, fc.string({ unit: "binary", maxLength: 4 }));
  /** JSON of any text with placeholders in it, some of its characters written as escapes. */
  const json = fc
    .tuple(fc.array(written, { maxLength: 8 }), fc.infiniteStream(fc.integer({ min: 0, max: 9 })))
    .map(([parts, dice]) =>
      JSON.stringify({ text: parts.join(""), list: parts }).replace(/\\.|[[\]_A-Fk0-9]/g, (character) =>
        character.length > 1 || dice.next().value !== 0 || /[ua-f]/.test(character)
          ? character
          : escapeOf(character),
      ),
    )
    .filter((text) => isJson(text));

  function streamed(text: string, ends: readonly number[]): string {
    const restorer = hostile.jsonRestorer();
    const parts = ends.map((end, index) => restorer.push(text.slice(ends[index - 1] ?? 0, end)));
    return parts.join("") + restorer.end();
  }

  it("issues what JSON must escape", () => {
    expect(issued.map((placeholder) => hostile.restore(placeholder))).toEqual(originals);
  });

  it("reads as what restoring the value makes", () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(JSON.parse(hostile.restoreJson(text))).toEqual(hostile.restore(JSON.parse(text)));
      }),
      { numRuns: 1000, seed: 4 },
    );
  });

  it("equals the whole at every split point", () => {
    fc.assert(
      fc.property(json, (text) => {
        const whole = hostile.restoreJson(text);
        for (let split = 0; split <= text.length; split += 1) {
          expect(streamed(text, [split, text.length])).toBe(whole);
        }
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it("equals the whole character by character, also when it is no JSON", () => {
    const broken = fc.constantFrom(
      "\\u00",
      "\\u005",
      "\\u005b",
      "\\u005B",
      "\\_",
      "\\\\_",
      "u005d",
      "\\",
      '"',
      "\n",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(broken, written), { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        const ends = Array.from(text, (_, index) => index + 1);
        expect(streamed(text, [...ends, text.length])).toBe(hostile.restoreJson(text));
      }),
      { numRuns: 1000, seed: 6 },
    );
  });

  it.each([
    ["as issued", '{"to":"[EMAIL_k3f9_0001]"}'],
    ["in other letter case", '{"to":"[email_K3F9_0001]"}'],
    ["with Markdown's escapes", String.raw`{"to":"\\[EMAIL\\_k3f9\\_0001\\]"}`],
    ["with escapes that JSON does not know", String.raw`{"to":"\[EMAIL\_k3f9\_0001\]"}`],
    ["with JSON's escapes", String.raw`{"to":"\u005bE\u004dAIL\u005Fk3f9_\u00300\u00301\u005D"}`],
    ["with both", String.raw`{"to":"\u005c\u005bEMAIL\\\u005fk3f9_0001\\\u005d"}`],
  ])("understands a placeholder %s", (_, text) => {
    expect(masked.restoreJson(text)).toBe('{"to":"ada@example.com"}');
  });

  it.each([
    [
      "a backslash before it",
      String.raw`{"to":"\\[EMAIL_k3f9_0001]"}`,
      String.raw`{"to":"\\ada@example.com"}`,
    ],
    [
      "a line break before it",
      String.raw`{"to":"\n[EMAIL_k3f9_0001]"}`,
      String.raw`{"to":"\nada@example.com"}`,
    ],
    [
      "an escape of its own after it",
      String.raw`{"to":"[EMAIL_k3f9_0001]\u00e9"}`,
      String.raw`{"to":"ada@example.com\u00e9"}`,
    ],
    ["as a key", '{"[EMAIL_k3f9_0001]":1}', '{"ada@example.com":1}'],
    [
      "one of another call",
      String.raw`{"to":"\u005bEMAIL_aaaa_0001]"}`,
      String.raw`{"to":"\u005bEMAIL_aaaa_0001]"}`,
    ],
  ])("changes nothing but a placeholder of this call: %s", (_, text, restored) => {
    expect(masked.restoreJson(text)).toBe(restored);
  });

  it.each([
    ['{"a":[1,["x",["', '{"a":[1,["x",["', ""],
    ['{"to":"[EMA', '{"to":"', "[EMA"],
    [String.raw`{"to":"\u005bEMA`, '{"to":"', String.raw`\u005bEMA`],
    [String.raw`{"to":"a\u00`, '{"to":"a', String.raw`\u00`],
    [String.raw`{"to":"\\`, '{"to":"', "\\\\"],
    [String.raw`{"to":"\n`, String.raw`{"to":"\n`, ""],
  ])("of %j shows %j and holds back %j", (text, shown, held) => {
    const restorer = masked.jsonRestorer();
    expect(restorer.push(text)).toBe(shown);
    expect(restorer.end()).toBe(held);
  });

  it("takes time linear in the text", () => {
    for (const seed of ["\\", "\\u005b", "[EMAIL\\u005f", "\\u", "[", String.raw`\\[EMAIL_`]) {
      const text = seed.repeat(250_000 / seed.length);
      const started = process.cpuUsage().user;
      const restorer = masked.jsonRestorer();
      for (let at = 0; at < text.length; at += 10) restorer.push(text.slice(at, at + 10));
      masked.restoreJson(text);
      expect((process.cpuUsage().user - started) / 1000, seed).toBeLessThan(1000);
    }
  });
});

const escapeOf = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
