import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditText } from "./audit-text.js";

describe("auditText", () => {
  it.each<[string, unknown, string | undefined]>([
    ["an id", "user-42", "user-42"],
    ["letters of any script", "José 李 👩", "José 李 👩"],
    ["a number", 42, "42"],
    ["a big number", 9007199254740993n, "9007199254740993"],
    ["an object", { id: "ada" }, undefined],
    ["nothing", null, undefined],
    ["a line break", 'a"\n{"request_id":"forged"}', 'a"\uFFFD{"request_id":"forged"}'],
    ["other line ends", "a\r\u0085\u2028\u2029b", "a\uFFFD\uFFFD\uFFFD\uFFFDb"],
    ["control sequences", "\u001b[2J\u009b2J", "\uFFFD[2J\uFFFD2J"],
    ["text that runs backwards", "a\u202Eb", "a\uFFFDb"],
    ["half a character", "a\uD83Db", "a\uFFFDb"],
  ])("takes %s", (_, given, taken) => expect(auditText(given)).toBe(taken));

  it("is short, on one line, and stays what it is, whatever it was", () => {
    expect(auditText("x".repeat(10_000))).toBe("x".repeat(256));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 600 }), (given) => {
        const text = auditText(given) ?? "";
        expect(text.length).toBeLessThanOrEqual(256);
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(auditText(text)).toBe(text);
      }),
    );
  });
});
