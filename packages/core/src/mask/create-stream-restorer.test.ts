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
