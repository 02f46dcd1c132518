import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Caller } from "../pipeline/task-call.js";
import { createSearchIndex } from "./create-search-index.js";
import { maySee } from "./document-access.js";
import type { SearchDocument } from "./search-document.js";

const ada: Caller = { tenantId: "acme", userId: "ada", roles: ["admin"] };

describe("maySee", () => {
  it.each([
    ["an open document", {}, undefined, true],
    ["another tenant's", { tenantId: "globex" }, ada, false],
    ["its tenant's", { tenantId: "acme" }, ada, true],
    ["a tenant's, without a caller", { tenantId: "acme" }, undefined, false],
    ["one with an empty list", { access: {} }, ada, false],
    ["one for the user", { access: { users: ["ada"] } }, ada, true],
    ["one for another user", { access: { users: ["bob"] } }, ada, false],
    ["one for a role", { access: { users: ["bob"], roles: ["admin"] } }, ada, true],
    ["one for another role", { access: { roles: ["owner"] } }, ada, false],
    ["one with a list, without a caller", { access: { users: ["ada"] } }, undefined, false],
    ["one for the user in another tenant", { tenantId: "globex", access: { users: ["ada"] } }, ada, false],
  ])("decides about %s", (_, rule, caller, expected) => expect(maySee(rule, caller)).toBe(expected));
});

const words = [
  "cancel",
  "cancle",
  "plan",
  "plane",
  "refund",
  "refunds",
  "invite",
  "invoice",
  "読む",
  "readFile",
];
const text = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 })
  .map((list) => list.join(" "));
const rule = fc.constantFrom<Pick<SearchDocument, "tenantId" | "access">>(
  {},
  { tenantId: "acme" },
  { tenantId: "globex" },
  { access: {} },
  { access: { users: ["ada"] } },
  { access: { users: ["bob"] } },
  { access: { roles: ["owner"] } },
);
const corpus = fc
  .array(fc.tuple(text, fc.option(text, { nil: undefined }), rule), { maxLength: 12 })
  .map((list) => list.map(([text, title, rule], at) => ({ id: `${at}`, text, title, ...rule })));
const query = fc.array(fc.constantFrom(...words, "canel", "pln", "refudn", "invit"), { maxLength: 4 });

describe("hidden documents", () => {
  it("change nothing that a caller gets", () => {
    void fc.assert(
      fc.property(corpus, query, fc.constantFrom(undefined, ada), (documents, wanted, caller) => {
        const all = createSearchIndex({ documents });
        const visible = documents.filter((document) => maySee(document, caller));
        const own = createSearchIndex({ documents: visible });
        const text = wanted.join(" ");
        const options = { caller, limit: 50 };
        expect(all.search(text, options)).toEqual(own.search(text, options));
        expect(all.corrections(text, options)).toEqual(own.corrections(text, options));
        const ids = documents.slice(0, 3).map(({ id }) => id);
        expect(all.similar(ids, options)).toEqual(own.similar(ids, options));
        expect(ids.map((id) => all.get(id, options))).toEqual(ids.map((id) => own.get(id, options)));
      }),
      { numRuns: 300 },
    );
  });

  it("stay hidden when a document's list is changed afterwards", () => {
    const access = { users: ["bob"] };
    const index = createSearchIndex({ documents: [{ id: "1", text: "secret plan", access }] });
    access.users.push("ada");
    expect(index.search("secret", { caller: ada })).toEqual([]);
    expect(index.search("secret", { caller: { userId: "bob" } })).toHaveLength(1);
  });

  it("are not asked about", () => {
    const asked: string[] = [];
    const index = createSearchIndex({
      documents: [
        { id: "open", text: "secret plan" },
        { id: "closed", text: "secret plan", access: {} },
      ],
    });
    const where = ({ id }: SearchDocument) => asked.push(id) > 0;
    expect(index.search("secret plan", { caller: ada, where })).toHaveLength(1);
    expect(asked).toEqual(["open"]);
  });
});

it("keeps a document closed whose lists are changed later, also when the index is made anew", () => {
  const users = ["ada"];
  const secret: SearchDocument = { id: "secret", text: "merger", access: { users } };
  const index = createSearchIndex({ documents: [secret] });
  users.push("bob");
  for (let time = 0; time < 1100; time++) index.add([{ id: "draft", text: `draft ${time}` }]);
  const caller = { userId: "bob" };
  expect(index.search("merger", { caller })).toEqual([]);
  expect(index.documents({ caller }).map(({ id }) => id)).toEqual(["draft"]);
  expect(index.get("secret", { caller: ada })?.id).toBe("secret");
});

it("gives one of thousands of documents with lists of their own at once", () => {
  const documents = Array.from({ length: 5000 }, (_, at) => ({
    id: `${at}`,
    text: "plan",
    access: { users: [`u${at}`] },
  }));
  const index = createSearchIndex({ documents });
  const started = performance.now();
  const given = documents.filter(({ id }) => index.get(id, { caller: { userId: "u7" } }) !== undefined);
  expect(performance.now() - started).toBeLessThan(250);
  expect(given.map(({ id }) => id)).toEqual(["7"]);
});
