import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.js";

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, shuffled(field)]),
  );
};

describe("canonicalJson", () => {
  it("sorts keys at every level and leaves out what is undefined", () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined, a: "ü\n" }], a: null })).toBe(
      '{"a":null,"b":[{"a":"ü\\n","d":1}]}',
    );
  });

  it("writes the same text whatever the order of keys, and says the same", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(Object(shuffled(value)))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { seed: 5 },
    );
  });
});
