import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSearchIndex } from "./create-search-index.js";
import type { LocalEmbedder } from "./embedder.js";
import { hashingEmbedder } from "./hashing-embedder.js";
import type { SearchDocument } from "./search-document.js";

const documents = [
  {
    id: "cancel",
    title: "Cancel a plan",
    text: "Open the settings and cancel. The plan ends with the month.",
  },
  { id: "refund", title: "Refunds", text: "You get your money back within 14 days of a payment." },
  { id: "invite", title: "Invite a colleague", text: "Send an invitation from the team page." },
  {
    id: "code",
    text: "function readFileLines(path) { return fs.readFileSync(path).toString().split('\\n'); }",
  },
];
const index = createSearchIndex({ documents });
const idsOf = (query: string, limit?: number) => index.search(query, { limit }).map(({ id }) => id);

describe("search", () => {
  it.each([
    ["words of the title", "cancel my plan", "cancel"],
    ["other forms of a word", "cancellation", "cancel"],
    ["words of the text", "money back", "refund"],
    ["typos", "refnuds", "refund"],
    ["typos of a rare word", "collegue", "invite"],
    ["parts of an identifier", "split a file into lines", "code"],
    ["an identifier", "readfilesync", "code"],
    ["synonyms", "reimburse", "refund"],
  ])("finds a document by %s", (_, query, id) => expect(idsOf(query)[0]).toBe(id));

  it.each([["", "   ", "😀", "zzzzzzzz", "!?", "\ud800"]])("finds nothing for %j", (query) =>
    expect(idsOf(query)).toEqual([]),
  );

  it.each([
    [1, 1],
    [1.9, 1],
    [0, 0],
    [-5, 0],
    [Number.NaN, 3],
    [Number.POSITIVE_INFINITY, 3],
    [undefined, 3],
  ])("with limit %s gives %s hits", (limit, count) =>
    expect(idsOf("plan payment team", limit)).toHaveLength(count),
  );

  it("gives scores from 0 to 1, best first, with the document itself", () => {
    const hits = index.search("plan payment team path");
    expect(hits.length).toBeGreaterThan(2);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
    for (const { score, document, id } of hits) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(document).toBe(documents.find((each) => each.id === id));
    }
  });

  it("asks `where` before it scores", () => {
    const hits = index.search("plan payment", { where: ({ id }) => id !== "cancel" });
    expect(hits.map(({ id }) => id)).toEqual(["refund"]);
  });

  it("finds a document without a word in common when it is alike enough", () => {
    const byLikeness = createSearchIndex({ documents, leastLikeness: 0.05 });
    expect(byLikeness.search("invitational").map(({ id }) => id)).toContain("invite");
    const never = createSearchIndex({ documents, leastLikeness: 1.1 });
    expect(never.search("zzinvitatizz")).toEqual([]);
  });

  it("takes synonyms of a product's own, in both directions", () => {
    const own = createSearchIndex({ documents, synonyms: [["Workmate", "colleague"]] });
    expect(own.search("workmates")[0]?.id).toBe("invite");
    expect(index.search("workmates").map(({ id }) => id)).not.toContain("invite");
  });

  it("shows where the words stand", () => {
    const [hit] = index.search("cancelled plans", { limit: 1 });
    const marked = hit?.highlights.map(({ field, start, end }) => [
      field,
      hit.document[field]?.slice(start, end),
    ]);
    expect(marked).toEqual([
      ["title", "Cancel"],
      ["title", "plan"],
      ["text", "cancel"],
      ["text", "plan"],
    ]);
  });
});

describe("corrections", () => {
  it("names what was read differently", () => {
    expect(index.corrections("cancle my paymnet")).toEqual([
      { from: "cancle", to: "cancel" },
      { from: "paymnet", to: "payment" },
    ]);
    expect(index.corrections("cancel the payments")).toEqual([]);
  });
});

describe("similar", () => {
  it("finds documents like one, without it", () => {
    const more = createSearchIndex({
      documents: [
        ...documents,
        { id: "pause", title: "Pause a plan", text: "Settings, then pause. The plan goes on next month." },
      ],
    });
    const hits = more.similar(["cancel"]).map(({ id }) => id);
    expect(hits[0]).toBe("pause");
    expect(hits).not.toContain("cancel");
  });

  it("makes nothing of unknown ids", () => {
    expect(index.similar(["none"])).toEqual([]);
    expect(index.similar([])).toEqual([]);
  });
});

describe("add and remove", () => {
  it("finds what is added, not what is removed, and the new one of two", () => {
    const changing = createSearchIndex({ documents });
    changing.add([{ id: "sso", title: "Single sign-on", text: "With SAML." }]);
    expect(changing.size).toBe(5);
    expect(changing.search("saml")[0]?.id).toBe("sso");
    changing.add([{ id: "sso", title: "Single sign-on", text: "With OIDC." }]);
    expect(changing.size).toBe(5);
    expect(changing.search("saml")).toEqual([]);
    expect(changing.get("sso")?.text).toBe("With OIDC.");
    changing.remove(["sso", "none"]);
    expect(changing.size).toBe(4);
    expect(changing.get("sso")).toBeUndefined();
    expect(changing.search("oidc")).toEqual([]);
  });

  it("answers after any changes as an index that was made at once", () => {
    const changing = createSearchIndex<SearchDocument>({ documents: [] });
    for (let round = 0; round < 800; round++) changing.add(documents.slice(0, 3));
    changing.add([{ id: "other", text: "cancel refund invite plan" }]);
    changing.remove(["other"]);
    changing.add(documents);
    const queries = ["cancel plan", "mony", "invitation team", "read lines"];
    expect(queries.map((query) => changing.search(query))).toEqual(
      queries.map((query) => index.search(query)),
    );
  });
});

describe("bad input", () => {
  it("names every bad document by its position", () => {
    const bad: unknown = [
      { id: "", text: "x" },
      { id: "a", text: "x" },
      { id: "a", text: " " },
      { id: "b" },
      { id: "c", text: "x", title: 3, tenantId: 4, access: { users: "ada" } },
      { id: "d", text: "x", access: null },
      null,
    ];
    expect(() =>
      createSearchIndex({ documents: bad as typeof documents }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [GatewayError: Search documents:
      - documents.0.id: must be a string that is not empty
      - documents.2.text: must not be empty without a title
      - documents.2.id: is the same as that of documents.1
      - documents.3.text: must be a string
      - documents.4.title: must be a string
      - documents.4.tenantId: must be a string
      - documents.4.access.users: must be a list of strings
      - documents.5.access: must be an object with users or roles
      - documents.6: must be an object]
    `);
  });

  it("refuses bad documents later, and keeps what it has", () => {
    const kept = createSearchIndex({ documents });
    expect(() => kept.add([{ id: "x", text: "" }])).toThrow(/documents\.0\.text/);
    expect(kept.size).toBe(4);
  });

  it("never throws for a query", () => {
    void fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (query) => {
        index.search(query);
        index.corrections(query);
      }),
    );
    for (const query of [
      "a".repeat(1_000_000),
      "検索".repeat(50_000),
      "aB_".repeat(100_000),
      "😀".repeat(100_000),
    ]) {
      expect(() => index.search(query)).not.toThrow();
    }
    expect(index.search(undefined as unknown as string)).toEqual([]);
  });

  it("refuses vectors of a wrong length", () => {
    const embedder = { ...hashingEmbedder({ dimensions: 8 }), dimensions: 9 };
    expect(() => createSearchIndex({ documents, embedder })).toThrow(/8 numbers, but dimensions is 9/);
  });
});

it("refuses an embedder that is none, and vectors that are no numbers", () => {
  const none: object = { dimensions: 0 };
  expect(() => createSearchIndex({ documents, embedder: none as LocalEmbedder })).toThrow(
    /embedder\.dimensions: must be a whole number above 0\n- embedder\.embed: must be a function/,
  );
  const embedder: LocalEmbedder = {
    dimensions: 2,
    isLocal: true,
    embed: (texts) => texts.map(() => Float32Array.of(1, Number.NaN)),
  };
  expect(() => createSearchIndex({ documents, embedder })).toThrow(/value that is no number/);
});

it("finds one of 6,000 documents", () => {
  const words = ["alpha", "beta", "gamma", "delta", "omega", "kappa", "sigma", "theta"];
  const many = Array.from({ length: 6000 }, (_, at) => ({
    id: `${at}`,
    text: `${words[at % 8]} ${words[(at >> 3) % 8]} ${at === 4321 ? "zanzibar" : "paris"} item${at}`,
  }));
  const large = createSearchIndex({ documents: many });
  expect(large.search("zanzibar")[0]?.id).toBe("4321");
  expect(large.search("zanzibr")[0]?.id).toBe("4321");
  expect(large.search("item4000")[0]?.id).toBe("4000");
});

it("finds words without spaces between them", () => {
  const asian = createSearchIndex({
    documents: [
      { id: "weather", text: "東京都の天気予報です。" },
      { id: "shopping", text: "大阪で買い物をする。" },
      { id: "thai", text: "การค้นหาเอกสาร" },
    ],
  });
  expect(asian.search("天気")[0]?.id).toBe("weather");
  expect(asian.search("買い物")[0]?.id).toBe("shopping");
  expect(asian.search("ค้นหา")[0]?.id).toBe("thai");
});

it("reads synonyms as documents are read, and refuses what is no single word", () => {
  const documents = [
    { id: "a", text: "The café is open" },
    { id: "b", text: "Write an e-mail" },
  ];
  const index = createSearchIndex({
    documents,
    synonyms: [
      ["CAFÉ", "bistro"],
      ["e-mail", "missive"],
    ],
  });
  expect(index.search("bistro").map(({ id }) => id)).toEqual(["a"]);
  expect(index.search("missive").map(({ id }) => id)).toEqual(["b"]);
  const synonyms = [["vat", "tax"], ["vat", "value added tax"], []];
  expect(() => createSearchIndex({ documents, synonyms })).toThrow(
    "Search index: synonyms.1: must be a list of single words",
  );
});
