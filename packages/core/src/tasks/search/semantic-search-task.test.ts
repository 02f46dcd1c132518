import { describe, expect, it } from "vitest";
import { createAiGateway } from "../../create-ai-gateway.js";
import { createSearchIndex } from "../../search/create-search-index.js";
import { fakeProvider } from "../../testing/fake-provider.js";
import { memoryAuditSink } from "../../testing/memory-audit-sink.js";
import { silentGateway } from "../../testing/silent-gateway.js";
import { semanticSearchTask } from "./semantic-search-task.js";

const documents = [
  {
    id: "refunds",
    title: "Refund policy",
    url: "/help/refunds",
    text: "You get your money back within 30 days of a payment. Write to billing@shop.example.",
  },
  {
    id: "invoices",
    title: "Invoices",
    text: "Invoices list every payment. They are under Settings, Billing.",
  },
  { id: "vat", title: "VAT", text: "VAT is added to each payment of customers in the EU." },
  { id: "channels", title: "Channels", text: "Choose a channel for messages of the bot." },
  { id: "acme", title: "Acme payment terms", text: "Acme gets every payment back.", tenantId: "acme" },
];
const task = semanticSearchTask({ index: createSearchIndex({ documents }) });
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

const gatewayWith = (replies?: Parameters<typeof fakeProvider>[0]) => silentGateway(task, replies);
const idsOf = ({ results }: { readonly results: readonly { readonly id: string }[] }) =>
  results.map(({ id }) => id);
const ranking = (...ids: string[]) => ({ text: JSON.stringify({ ranking: ids }) });

describe("without a model", () => {
  const { gateway } = gatewayWith(); // fewer calls than the rate limit allows

  it("ranks documents, with marked snippets", async () => {
    const { results, corrections, hint } = await gateway.run(task, { query: "money back" });
    const [first] = results;
    expect(first).toMatchObject({ id: "refunds", title: "Refund policy", url: "/help/refunds" });
    const marked = first?.highlights.map(({ start, end }) => first.snippet.slice(start, end));
    expect(marked).toContain("money");
    expect(corrections).toEqual([]);
    expect(hint).toBeUndefined();
  });

  it("says how it read misspelt words", async () => {
    const reply = await gateway.run(task, { query: "chanel for mesages" });
    expect(idsOf(reply)[0]).toBe("channels");
    expect(reply.corrections.map(({ from }) => from)).toEqual(["chanel", "mesages"]);
  });

  it("keeps to the limit", async () => {
    expect(idsOf(await gateway.run(task, { query: "payment", limit: 2 }))).toHaveLength(2);
    expect(idsOf(await gateway.run(task, { query: "payment", limit: 50 })).length).toBeGreaterThan(2);
  });

  it.each([
    ["xylophones", "other words"],
    ["🙂🙂", "at least one word"],
    ["発票", "other words"],
  ])("says what to try when nothing fits %s", async (query, advice) => {
    const reply = await gateway.run(task, { query });
    expect(reply.results).toEqual([]);
    expect(reply.hint).toContain(advice);
  });

  it.each([
    [{ query: "" }, "write what to search for"],
    [{ query: "a", limit: 0 }, "1 to 50"],
    [{ query: "a", limit: 51 }, "1 to 50"],
    [{ query: "a", limit: 1.5 }, "1 to 50"],
  ])("refuses %j", async (input, message) => {
    await expect(gateway.run(task, input)).rejects.toMatchObject({
      code: "invalid_input",
      details: { issues: [{ message: expect.stringContaining(message) }] },
    });
  });

  it("cuts a query of a megabyte, and tells", async () => {
    const { metadata, results } = await gateway.run(task, { query: `refund ${"x".repeat(1_000_000)}` });
    expect(metadata.truncated).toEqual(["query"]);
    expect(idsOf({ results })[0]).toBe("refunds");
  });

  it("finds by an address that is masked everywhere else", async () => {
    expect(idsOf(await gateway.run(task, { query: "billing@shop.example" }))[0]).toBe("refunds");
  });

  it("has help texts of its own", async () => {
    const plain = createAiGateway({ logger: quiet, auditSink: memoryAuditSink() });
    const { results } = await plain.run(semanticSearchTask(), { query: "connect a tool" });
    expect(results[0]?.title).toBe("Connect your tools");
  });
});

describe("with a model", () => {
  it("puts what it names first; the rest keeps its order, and scores descend", async () => {
    const { gateway: local } = gatewayWith();
    const before = idsOf(await local.run(task, { query: "payment" }));
    const { gateway } = gatewayWith([ranking("vat", "unknown", "acme", "vat")]);
    const reply = await gateway.run(task, { query: "payment" });
    expect(idsOf(reply)).toEqual(["vat", ...before.filter((id) => id !== "vat")]);
    const scores = reply.results.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((left, right) => right - left));
    expect(reply.metadata.source).toBe("model");
  });

  it.each([
    ["no ranking", { text: '{"order":[1]}' }],
    ["unknown documents only", ranking("nothing", "acme")],
    ["no JSON", { text: "refunds, I think" }],
  ])("answers locally after %s", async (_, reply) => {
    const { gateway } = gatewayWith([reply]);
    const { metadata, results } = await gateway.run(task, { query: "money back" });
    expect(metadata).toMatchObject({ source: "local", degraded: "invalid_output" });
    expect(idsOf({ results })[0]).toBe("refunds");
  });

  it("sends the candidates as data, masked, and nothing of another tenant", async () => {
    const { gateway, provider } = gatewayWith([ranking("refunds")]);
    const reply = await gateway.run(task, { query: "payment to billing@shop.example" });
    const sent = JSON.stringify(provider.requests[0]?.prompt);
    expect(sent).toContain("Refund policy");
    expect(sent).not.toContain("billing@shop.example");
    expect(sent).not.toContain("Acme");
    expect(reply.results[0]?.snippet).toContain("billing@shop.example");
  });

  it("completes a cached ranking for who asks now", async () => {
    const open = semanticSearchTask({
      index: createSearchIndex({
        documents: [
          { id: "one", title: "Plan", text: "Plan" },
          { id: "mine", title: "Plan", text: "Plan", access: { users: ["ann"] } },
          { id: "yours", title: "Plan", text: "Plan", access: { users: ["bob"] } },
        ],
      }),
    });
    const provider = fakeProvider([ranking("one")]);
    const gateway = createAiGateway({
      provider,
      tasks: [open],
      logger: quiet,
      auditSink: memoryAuditSink(),
    });
    const asked = (userId: string) => gateway.run(open, { query: "plan" }, { caller: { userId } });
    expect(idsOf(await asked("ann"))).toEqual(["one", "mine"]);
    expect(idsOf(await asked("bob"))).toEqual(["one", "yours"]);
    const again = await asked("ann");
    expect(again.metadata.source).toBe("cache");
    expect(idsOf(again)).toEqual(["one", "mine"]);
  });
});
