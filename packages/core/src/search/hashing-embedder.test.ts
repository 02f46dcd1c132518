import { describe, expect, it } from "vitest";
import { embedderContract } from "./embedder-contract.js";
import { hashingEmbedder } from "./hashing-embedder.js";

const likeness = (left: string, right: string) => {
  const [a = new Float32Array(), b = new Float32Array()] = hashingEmbedder().embed([left, right]);
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
};

describe("hashingEmbedder", () => {
  for (const { name, run } of embedderContract) it(name, () => run(() => hashingEmbedder()));
  for (const { name, run } of embedderContract) {
    it(`asynchronously: ${name}`, () =>
      run(() => {
        const { dimensions, embed } = hashingEmbedder({ dimensions: 64 });
        return { dimensions, embed: async (texts) => embed(texts) };
      }));
  }

  it("sees forms of a word and words that are written alike", () => {
    expect(likeness("configuration", "configurations")).toBeGreaterThan(0.8);
    expect(likeness("configuration", "reconfigure")).toBeGreaterThan(0.2);
    expect(Math.abs(likeness("configuration", "whale"))).toBeLessThan(0.2);
  });

  it("gives the numbers that it gave before: stored vectors stay good", () => {
    const [vector = new Float32Array()] = hashingEmbedder({ dimensions: 8 }).embed(["cancel my plan"]);
    expect([...vector].map((value) => Math.round(value * 1000) / 1000)).toMatchInlineSnapshot(`
      [
        0.346,
        0.268,
        0.615,
        -0.039,
        -0.558,
        0.268,
        -0,
        0.212,
      ]
    `);
  });

  it("reads a text of one endless word, and many different words, and stays the same", () => {
    const embedder = hashingEmbedder();
    const before = embedder.embed(["cancel"]);
    embedder.embed(["a".repeat(1_000_000)]);
    embedder.embed([Array.from({ length: 60_000 }, (_, at) => `w${at}x`).join(" ")]);
    expect(embedder.embed(["cancel"])).toEqual(before);
  });
});
