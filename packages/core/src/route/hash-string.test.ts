import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashString } from "./hash-string.js";

/** Keys as they come in practice: alike but for a few letters. */
const keyShapes: Record<string, (index: number) => string> = {
  "numbered tenants": (index) => `tenant-${index}`,
  "padded numbers": (index) => String(index).padStart(12, "0"),
  "numbers before a common end": (index) => `${index}@example.com`,
  "texts without Latin letters": (index) => `客户${String.fromCharCode(0x4e00 + (index % 5000))}${index}`,
};
const seeds = [0, 1, hashString("stable"), hashString("canary")];
const keyCount = 20_000;

/** How far 64 buckets are from even: about 63, and above 126 once in a million times, when the hash is random. */
function chiSquare(hashes: readonly number[], bucketOf: (hash: number) => number): number {
  const counts = new Array<number>(64).fill(0);
  for (const hash of hashes) counts[bucketOf(hash)] = (counts[bucketOf(hash)] ?? 0) + 1;
  const expected = hashes.length / 64;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe.each(Object.entries(keyShapes))("hashString over %s", (_, keyOf) => {
  it.each(seeds)("spreads evenly in its high, middle and low bits (seed %i)", (seed) => {
    const hashes = Array.from({ length: keyCount }, (_, index) => hashString(keyOf(index), seed));
    expect(chiSquare(hashes, (hash) => hash >>> 26)).toBeLessThan(126);
    expect(chiSquare(hashes, (hash) => (hash >>> 13) & 63)).toBeLessThan(126);
    expect(chiSquare(hashes, (hash) => hash & 63)).toBeLessThan(126);
  });

  it("says nothing of the hash with another seed", () => {
    const pairs = Array.from({ length: keyCount }, (_, index) => {
      const [one, other] = [hashString(keyOf(index), 1), hashString(keyOf(index), 2)];
      return ((one >>> 29) << 3) | (other >>> 29);
    });
    expect(chiSquare(pairs, (pair) => pair)).toBeLessThan(126);
  });
});

describe("hashString", () => {
  it("is a whole number of 32 bits, always the same for a text and a seed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 0, max: 0xffffffff }), (text, seed) => {
        const hash = hashString(text, seed);
        expect(hash).toBe(hash >>> 0);
        expect(hashString(text, seed)).toBe(hash);
      }),
    );
  });

  it("changes half of its bits with one letter, wherever it stands", () => {
    const text = "tenant-0123456789";
    for (let at = 0; at < text.length; at++) {
      let changed = 0;
      for (let code = 0x100; code < 0x200; code++) {
        const other = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        changed += bitsOf(hashString(other) ^ hashString(text));
      }
      expect(changed / 256).toBeGreaterThan(14.5);
      expect(changed / 256).toBeLessThan(17.5);
    }
  });
});

const bitsOf = (bits: number) => (bits >>> 0).toString(2).replaceAll("0", "").length;
