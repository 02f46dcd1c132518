import { describe, expect, it } from "vitest";
import { patternMasker } from "../mask/pattern-masker.js";
import { createSearchIndex, type SearchIndexOptions } from "./create-search-index.js";
import type { Embedder } from "./embedder.js";
import { hashingEmbedder } from "./hashing-embedder.js";
import type { SearchDocument } from "./search-document.js";
import type { AsyncSearchIndex } from "./search-index.js";

const documents = [
  { id: "dog", text: "The hound barks at night." },
  { id: "car", text: "An automobile needs fuel." },
  { id: "closed", text: "The hound is secret.", access: { users: ["bob"] } },
];
const createIndex = ({
  masker = patternMasker(),
  ...options
}: SearchIndexOptions & { readonly embedder: Embedder }): AsyncSearchIndex =>
  createSearchIndex<SearchDocument>({ ...options, masker });
const animals = /hound|puppy|animal/;

/** Knows two topics, and what was asked of it. */
function topicEmbedder(fail: (texts: readonly string[]) => unknown = () => undefined) {
  const asked: (readonly string[])[] = [];
  const errors: unknown[] = [];
  const embedder = {
    dimensions: 2,
    async embed(texts: readonly string[]) {
      asked.push(texts);
      const error = fail(texts);
      if (error !== undefined) throw error;
      return texts.map((text) => Float32Array.from(animals.test(text) ? [1, 0] : [0, 1]));
    },
  };
  return { asked, errors, embedder, onEmbedderError: (error: unknown) => errors.push(error) };
}

describe("an index with an asynchronous embedder", () => {
  it("finds by meaning, for the caller, and asks for each document once", async () => {
    const { asked, ...options } = topicEmbedder();
    const index = createIndex({ documents, ...options });
    expect((await index.search("puppy")).map(({ id }) => id)).toEqual(["dog"]);
    expect((await index.search("puppy", { caller: { userId: "bob" } })).map(({ id }) => id)).toEqual([
      "dog",
      "closed",
    ]);
    expect(asked.flat().filter((text) => text.includes("barks"))).toHaveLength(1);
    index.add([{ id: "cat", text: "An animal that purrs." }]);
    expect((await index.search("puppy")).map(({ id }) => id)).toEqual(["dog", "cat"]);
    expect((await index.similar(["dog"])).map(({ id }) => id)).toEqual(["cat"]);
    index.remove(["dog", "cat"]);
    expect(await index.search("puppy")).toEqual([]);
    expect(index.size).toBe(2);
    expect(asked.flat().filter((text) => text.includes("barks"))).toHaveLength(1);
  });

  it("asks for documents in batches, once for searches at the same time", async () => {
    const { asked, ...options } = topicEmbedder();
    const many = Array.from({ length: 150 }, (_, at) => ({ id: `${at}`, text: `hound number ${at}` }));
    const index = createIndex({ documents: many, ...options });
    await Promise.all([index.search("hound"), index.search("hound")]);
    expect(asked.map(({ length }) => length).sort((a, b) => b - a)).toEqual([64, 64, 22, 1, 1]);
  });

  it("asks again for a document that was added anew while its vector was awaited", async () => {
    const changing = { id: "a", text: "A hound." };
    const { asked, ...options } = topicEmbedder((texts) => {
      if (!texts.includes("\nA hound.")) return undefined;
      changing.text = "An automobile.";
      index.add([changing]);
      return undefined;
    });
    const index = createIndex({ documents: [changing], ...options });
    await index.search("hound");
    await index.search("automobile");
    expect(asked.flat()).toContain("\nA hound.");
    expect(asked.flat()).toContain("\nAn automobile.");
  });

  it("asks nobody about an empty query", async () => {
    const { asked, ...options } = topicEmbedder();
    expect(await createIndex({ documents, ...options }).search("")).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("searches by words when the embedder fails, says so, and tries again", async () => {
    let isDown = true;
    const { errors, ...options } = topicEmbedder(() => (isDown ? new Error("down") : undefined));
    const index = createIndex({ documents, ...options });
    expect((await index.search("hounds")).map(({ id }) => id)).toEqual(["dog"]);
    expect((await index.similar(["car"])).map(({ id }) => id)).toEqual([]);
    expect(errors).toHaveLength(2);
    isDown = false;
    expect((await index.search("puppy")).map(({ id }) => id)).toEqual(["dog"]);
    expect(errors).toHaveLength(2);
  });

  it("gives then what an index without the embedder gives", async () => {
    const { asked: _, ...options } = topicEmbedder(() => new Error("down"));
    const index = createIndex({ documents, ...options });
    const plain = createSearchIndex({ documents });
    for (const query of ["hound barks", "fule", "automobiles"]) {
      expect(await index.search(query)).toEqual(plain.search(query));
    }
    expect(index.corrections("fule")).toEqual(plain.corrections("fule"));
    expect(index.get("dog")).toBe(documents[0]);
  });

  it("keeps the vectors that it got before a failure", async () => {
    const many = Array.from({ length: 100 }, (_, at) => ({ id: `${at}`, text: `hound number ${at}` }));
    let isDown = true;
    const { asked, ...options } = topicEmbedder((texts) =>
      isDown && texts.length < 64 ? new Error("down") : undefined,
    );
    const index = createIndex({ documents: many, ...options });
    await index.search("hound");
    isDown = false;
    await index.search("hound");
    expect(asked.map(({ length }) => length)).toEqual([64, 36, 36, 1]);
  });

  it("reports vectors of a wrong length or number", async () => {
    for (const vectors of [[new Float32Array(3)], []]) {
      const errors: unknown[] = [];
      const index = createIndex({
        documents: documents.slice(0, 1),
        embedder: { dimensions: 2, embed: async () => vectors },
        onEmbedderError: (error) => errors.push(error),
      });
      expect(await index.search("hound")).toHaveLength(1);
      expect(errors).toEqual([expect.objectContaining({ code: "invalid_config" })]);
    }
  });

  it("does not wait for an embedder when the caller does not", async () => {
    const errors: unknown[] = [];
    const index = createIndex({
      documents,
      embedder: { dimensions: 2, embed: () => new Promise<Float32Array[]>(() => {}) },
      onEmbedderError: (error) => errors.push(error),
    });
    const controller = new AbortController();
    const running = index.search("hound", { signal: controller.signal });
    controller.abort(new Error("enough"));
    expect((await running).map(({ id }) => id)).toEqual(["dog"]);
    expect(await index.search("hound", { signal: controller.signal })).toHaveLength(1);
    expect(errors).toHaveLength(2);
  });

  it("survives a listener that throws, and an embedder that fails at once", async () => {
    const index = createIndex({
      documents,
      embedder: {
        dimensions: 2,
        embed() {
          throw new Error("at once");
        },
      },
      onEmbedderError() {
        throw new Error("listener");
      },
    });
    expect(await index.search("hound")).toHaveLength(1);
  });

  it("names bad documents at once", () => {
    const { embedder } = topicEmbedder();
    const index = createIndex({ documents, embedder });
    expect(() => index.add([{ id: "x", text: "" }])).toThrow(/documents\.0\.text/);
    expect(() => createIndex({ documents: [{ id: "x", text: "" }], embedder })).toThrow(/documents\.0\.text/);
  });

  it("is no asynchronous index with a local embedder", () => {
    const index = createSearchIndex({ documents, embedder: hashingEmbedder({ dimensions: 256 }) });
    expect(index.search("hound").map(({ id }) => id)).toEqual(["dog"]);
  });
});

describe("what an asynchronous embedder is shown", () => {
  const canary = "ada.canary@example.com";
  const about = [
    { id: "ada", title: canary, text: "Wants an invoice, paid with 4111 1111 1111 1111." },
    { id: "long", text: `${"x".repeat(7_990)} ${canary}` },
  ];

  it("holds nothing that the masker finds or the call knows, of documents and of queries", async () => {
    const { asked, ...options } = topicEmbedder();
    const index = createIndex({ documents: about, ...options, masker: patternMasker({ known: ["Zaphod"] }) });
    await index.search(`invoice of ${canary} for zaphod and Trillian`, { known: ["Trillian"] });
    await index.similar(["ada"]);
    index.add([{ id: "later", text: `Also ${canary}` }]);
    await index.search("invoice");
    expect(JSON.stringify(asked)).not.toMatch(/canary|4111|zaphod|trillian/i);
    expect(asked.flat()).toContain("invoice of [EMAIL] for [KNOWN] and [KNOWN]");
    expect(asked.flat()).toContain("[EMAIL]\nWants an invoice, paid with [CREDIT CARD].");
  });

  it("is the same text each time, with and without a key", async () => {
    const { asked, ...options } = topicEmbedder();
    const key = "0123456789abcdef0123456789abcdef";
    for (const masker of [patternMasker(), patternMasker({ key }), patternMasker({ restore: "none" })]) {
      const index = createIndex({ documents: about, ...options, masker });
      for (const id of ["1", "2"])
        await index.search(`${canary} or bob@example.com`, { caller: { tenantId: id } });
    }
    const queries = asked.filter(({ length }) => length === 1);
    expect(queries).toEqual(Array(6).fill(["[EMAIL] or [EMAIL]"]));
  });

  it("is nothing when the masker fails; words decide then, and find the very value", async () => {
    const failing = {
      ...patternMasker(),
      mask: () => {
        throw new Error("no masks today");
      },
    };
    const { asked, errors, ...options } = topicEmbedder();
    const index = createIndex({ documents: about, ...options, masker: failing });
    expect((await index.search(canary)).map(({ id }) => id)).toContain("ada");
    expect([asked.length, errors.length]).toEqual([0, 1]);
  });

  it("needs a masker", () => {
    const { embedder } = topicEmbedder();
    // @ts-expect-error: the type says so too
    expect(() => createSearchIndex({ documents, embedder })).toThrow(
      /masker: is missing; .* pass the gateway's/,
    );
  });
});
