import assert from "node:assert/strict";
import type { ContractCase } from "../testing/contract-case.js";
import type { Embedder } from "./embedder.js";

/** Makes an embedder for English text. */
export type CreateEmbedder = () => Embedder | Promise<Embedder>;

async function embedWith(create: CreateEmbedder, texts: readonly string[]): Promise<readonly Float32Array[]> {
  return (await create()).embed(texts);
}

const likeness = (left: Float32Array | undefined, right: Float32Array | undefined): number =>
  Array.from(left ?? []).reduce((sum, value, at) => sum + value * (right?.[at] ?? 0), 0);

const texts = [
  "How do I cancel my plan?",
  "Cancel a plan in the settings.",
  "Whales live in the sea and eat krill.",
  "取消订阅 😀",
];

/** What every embedder promises. */
export const embedderContract: readonly ContractCase<CreateEmbedder>[] = [
  {
    name: "gives a vector a text, each as long as it says",
    async run(create) {
      const { dimensions } = await create();
      const vectors = await embedWith(create, texts);
      assert.deepEqual(
        vectors.map(({ length }) => length),
        texts.map(() => dimensions),
      );
    },
  },
  {
    name: "gives vectors of length 1, or of zeros for a text without words",
    async run(create) {
      const vectors = await embedWith(create, [...texts, "", "   "]);
      for (const vector of vectors) {
        const length = Math.sqrt(likeness(vector, vector));
        assert(length === 0 || Math.abs(length - 1) < 1e-3, `a vector has length ${length}`);
      }
      for (const vector of vectors.slice(0, 3)) assert(likeness(vector, vector) > 0, "a text has no vector");
    },
  },
  {
    name: "puts texts about the same closer together than others",
    async run(create) {
      const [question, answer, other] = await embedWith(create, texts);
      assert(likeness(question, answer) > likeness(question, other));
    },
  },
  {
    name: "gives the same text the same vector, alone or among others",
    async run(create) {
      const together = await embedWith(create, texts);
      for (const [at, text] of texts.entries()) {
        const [alone] = await embedWith(create, [text]);
        assert(likeness(alone, together[at]) > 0.999, text);
      }
    },
  },
  {
    name: "takes no texts at all",
    async run(create) {
      assert.deepEqual(await embedWith(create, []), []);
    },
  },
];
