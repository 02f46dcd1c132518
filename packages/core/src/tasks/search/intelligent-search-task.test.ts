import { describe, expect, it } from "vitest";
import { createSearchIndex } from "../../search/create-search-index.js";
import type { fakeProvider } from "../../testing/fake-provider.js";
import { manualClock } from "../../testing/manual-clock.js";
import { silentGateway } from "../../testing/silent-gateway.js";
import type { QueryReading } from "./intelligent-search-schema.js";
import { intelligentSearchTask } from "./intelligent-search-task.js";
import { recommendationsTask } from "./recommendations/recommendations-task.js";
import { semanticSearchTask } from "./semantic-search-task.js";

const documents = [
  {
    id: "i1",
    title: "Hosting, March",
    text: "Hosting of the shop",
    type: "invoice",
    status: "open",
    owner: "anna@shop.example",
    date: "2026-03-10",
  },
  {
    id: "i2",
    title: "Hosting, February",
    text: "Hosting of the shop",
    type: "invoice",
    status: "paid",
    owner: "anna@shop.example",
    date: "2026-02-10T23:30:00-02:00",
  },
  {
    id: "i3",
    title: "Printer",
    text: "Paper and a printer",
    type: "invoice",
    status: "open",
    owner: "Ben Fox",
    date: "2026-03-12",
  },
  {
    id: "t1",
    title: "Login fails",
    text: "Nobody can log in",
    type: "ticket",
    status: "open",
    owner: "u1",
    date: "2026-03-17",
  },
  { id: "n1", title: "Undated", text: "A note about hosting", type: "note" },
  {
    id: "x1",
    title: "Hosting of Acme",
    text: "Hosting",
    type: "acme_deal",
    status: "secret_state",
    owner: "Zoe Acme",
    tenantId: "acme",
    date: "2026-03-11",
  },
];
const clock = manualClock(Date.UTC(2026, 2, 18, 12));
const task = intelligentSearchTask({ index: createSearchIndex({ documents }), clock });

function gatewayWith(replies?: Parameters<typeof fakeProvider>[0]) {
  const { gateway, provider } = silentGateway(task, replies);
  const ask = (query: string, limit?: number) =>
    gateway.run(task, { query, limit }, { caller: { userId: "u1" } });
  return { ask, gateway, provider };
}
const idsOf = ({ results }: { readonly results: readonly { readonly id: string }[] }) =>
  results.map(({ id }) => id);
const reading = (written: QueryReading) => ({ text: JSON.stringify(written) });

describe("something else than an index", () => {
  it("is refused at the start", () => {
    const index = documents as never; // as: what a program without types may pass
    for (const make of [semanticSearchTask, intelligentSearchTask, recommendationsTask])
      expect(() => make({ index })).toThrow("createSearchIndex()");
  });
});

describe("words that no document of the kind says", () => {
  it("are left out, and what the filters leave is listed", async () => {
    const reply = await gatewayWith().ask("invoices for zeppelins");
    expect(idsOf(reply)).toEqual(["i3", "i1", "i2"]);
    expect(reply).toMatchObject({ structured_query: { text: "", type: "invoice" }, left_out: ["text"] });
    expect(reply.explanation).toMatch(
      /^Listed what has type “invoice”, newest first\. None of them says “.*zeppelins”\.$/,
    );
  });
});

describe("without a model", () => {
  const ask = (query: string, limit?: number) => gatewayWith().ask(query, limit); // a gateway each: none is limited

  it.each([
    ["open invoices", ["i3", "i1"]],
    ["invoices from last month", ["i2"]],
    ["hosting invoices", ["i1", "i2"]],
    ["open hosting invoices", ["i1"]],
    ["invoices from anna@shop.example since March", ["i1"]],
    ["invoices by Ben", ["i3"]],
    ["my tickets", ["t1"]],
    ["yesterday", ["t1"]],
    ["invoices on 2026-02-11", ["i2"]],
  ])("finds %s", async (query, ids) => {
    const reply = await ask(query);
    expect(idsOf(reply)).toEqual(ids);
    expect(reply.left_out).toBeUndefined();
  });

  it("says how it read the query", async () => {
    expect((await ask("open hosting invoices since March")).explanation).toBe(
      "Searched for “hosting” with type “invoice”, status “open” and a date since 2026-03-01.",
    );
    expect((await ask("my tickets")).explanation).toBe(
      "Listed what has type “ticket” and you as the owner, newest first.",
    );
    expect((await ask("hosting")).explanation).toBe(
      "Searched for “hosting”; no filter was read in the query.",
    );
  });

  it("leaves out the least certain filter when all of them leave nothing, and tells", async () => {
    const reply = await ask("paid printer invoices");
    expect(idsOf(reply)).toEqual(["i3"]);
    expect(reply.left_out).toEqual(["status"]);
    expect(reply.structured_query).toEqual({ text: "printer", type: "invoice" });
    expect(reply.explanation).toBe(
      "Searched for “printer” with type “invoice”. With status “paid” nothing was left, so that filter was not used.",
    );
  });

  it("keeps what is written as key:value, and says that nothing has it", async () => {
    const reply = await ask("status:lost hosting");
    expect(reply.results).toEqual([]);
    expect(reply.structured_query).toEqual({ text: "hosting", status: "lost" });
    expect(reply.explanation).toBe(
      "Nothing was found for “hosting” with status “lost”. No document has status “lost”. Try other words or fewer filters.",
    );
  });

  it("does not list everything in place of a date that nothing has", async () => {
    const reply = await ask("before 2020-01-01");
    expect(reply.results).toEqual([]);
    expect(reply.explanation).toContain("No document has a date until 2019-12-31.");
  });

  it("keeps to the limit", async () => {
    expect(idsOf(await ask("invoices", 2))).toEqual(["i3", "i1"]);
  });

  it.each(["🙂🙂", "発票 先週", "type:", "\u0000", '"', "x ".repeat(500_000)])(
    "takes any query",
    async (query) => {
      const { explanation } = await ask(query);
      expect(explanation.length).toBeLessThan(600);
    },
  );
});

describe("with a model", () => {
  it("runs the model's reading for the caller", async () => {
    const { ask, provider } = gatewayWith([
      reading({ text: "", type: "Tickets", owner: "me", status: "open", from: "2026-03-16", to: null }),
    ]);
    const reply = await ask("what do I still have to solve since Monday?");
    expect(reply.structured_query).toEqual({
      text: "",
      type: "ticket",
      owner: "u1",
      status: "open",
      from: "2026-03-16",
    });
    expect(idsOf(reply)).toEqual(["t1"]);
    expect(provider.requests[0]?.prompt.system).toContain("Today is 2026-03-18");
  });

  it("masks an address for the model and filters by it", async () => {
    const { ask, provider } = gatewayWith(({ prompt }) =>
      reading({
        text: "",
        type: "invoice",
        owner: /\[EMAIL[^\]]*\]/u.exec(prompt.messages[0]?.content ?? "")?.[0],
      }),
    );
    const reply = await ask("what did anna@shop.example bill us");
    expect(JSON.stringify(provider.requests)).not.toContain("anna@shop.example");
    expect(idsOf(reply)).toEqual(["i1", "i2"]);
    expect(reply.metadata.source).toBe("model");
  });

  it.each<[string, object]>([
    ["a type that no document has", { text: "x", type: "spaceship" }],
    ["a type of another tenant", { text: "hosting", type: "acme_deal" }],
    ["an owner of another tenant", { text: "hosting", owner: "Zoe Acme" }],
    ["a date that is none", { text: "x", from: "2026-02-30" }],
    ["dates in the wrong order", { text: "x", from: "2026-03-02", to: "2026-03-01" }],
    ["nothing at all", { text: "" }],
    ["something else", { query: "x" }],
  ])("answers locally after %s", async (_, written) => {
    const { ask } = gatewayWith([{ text: JSON.stringify(written) }]);
    const reply = await ask("open hosting invoices");
    expect(reply.metadata).toMatchObject({ source: "local", degraded: "invalid_output" });
    expect(idsOf(reply)).toEqual(["i1"]);
  });

  it("completes a cached reading for who asks now", async () => {
    const { gateway, provider } = gatewayWith([reading({ text: "", owner: "me" })]);
    const asked = (userId: string) => gateway.run(task, { query: "what is mine" }, { caller: { userId } });
    expect(idsOf(await asked("u1"))).toEqual(["t1"]);
    const other = await asked("anna@shop.example");
    expect(other.metadata.source).toBe("cache");
    expect(idsOf(other)).toEqual(["i1", "i2"]);
    expect(provider.requests).toHaveLength(1);
  });

  it("tells the model nothing of another tenant", async () => {
    const { ask, provider } = gatewayWith([reading({ text: "hosting" })]);
    await ask("hosting");
    expect(JSON.stringify(provider.requests)).not.toMatch(/acme|secret_state/iu);
  });
});

describe("programs without types", () => {
  it.each([
    ["intelligent_search", intelligentSearchTask],
    ["get_recommendations", recommendationsTask],
    ["semantic_search", semanticSearchTask],
  ])("are told by %s that an index can't list its documents", (name, make) => {
    const { documents: _, ...rest } = createSearchIndex({ documents });
    const index: unknown = rest;
    expect(() => make({ index: index as ReturnType<typeof createSearchIndex> })).toThrow(
      `Task "${name}": index: make it with createSearchIndex() of @levqor/core/search`,
    );
  });

  it("get results from documents with fields of other types", async () => {
    const row: object = { url: null, type: 5, status: null, owner: null, date: new Date(0) };
    const own = intelligentSearchTask({
      index: createSearchIndex({ documents: [{ id: "a", text: "alpha", ...row }] }),
    });
    const { gateway } = silentGateway(own);
    const { results } = await gateway.run(own, { query: "alpha" });
    expect(results).toMatchObject([{ id: "a" }]);
    expect(results[0]).not.toHaveProperty("url");
    const filtered = await gateway.run(own, { query: "alpha type:5" });
    expect(filtered.results).toEqual([]);
  });
});

it("finds nothing for words that are cut off after a thousand spaces", async () => {
  const { ask } = gatewayWith();
  const { results, explanation } = await ask(`${" ".repeat(1000)}hosting`);
  expect(results).toEqual([]);
  expect(explanation).toBe("Nothing was found. Try other words.");
});
