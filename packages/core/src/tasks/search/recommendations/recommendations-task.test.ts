import { describe, expect, it } from "vitest";
import type { Caller } from "../../../pipeline/task-call.js";
import { createSearchIndex } from "../../../search/create-search-index.js";
import type { fakeProvider } from "../../../testing/fake-provider.js";
import { manualClock } from "../../../testing/manual-clock.js";
import { silentGateway } from "../../../testing/silent-gateway.js";
import type { ItemUse, ItemUses } from "./item-use.js";
import { recommendationReason } from "./recommendation-reason.js";
import { recommendationsTask } from "./recommendations-task.js";

const documents = [
  {
    id: "refunds",
    title: "Refund policy",
    text: "A payment is paid back within 30 days.",
    date: "2025-03-01",
  },
  {
    id: "invoices",
    title: "Invoices",
    text: "An invoice lists each payment and its refund.",
    date: "2025-03-01",
  },
  {
    id: "slack",
    title: "Connect Slack",
    text: "Sign in and choose a channel for messages.",
    date: "2025-03-01",
  },
  { id: "roles", title: "Roles", text: "Owners invite people and give them roles.", date: "2026-03-16" },
  { id: "export", title: "Export", text: "Download your data as a file.", date: "2026-02-20" },
  {
    id: "acme",
    title: "Acme refund",
    text: "Refund of a payment to Acme",
    tenantId: "acme",
    date: "2026-03-17",
  },
];
const clock = manualClock(Date.UTC(2026, 2, 18, 12));
const use = (userId: string, itemId: string, more: Partial<ItemUse> = {}): ItemUse => ({
  userId,
  itemId,
  at: "2026-01-01",
  ...more,
});

function recommend(
  options: {
    readonly uses?: ItemUses;
    readonly input?: { readonly item_ids?: readonly string[]; readonly limit?: number };
    readonly caller?: Caller;
    readonly replies?: Parameters<typeof fakeProvider>[0];
  } = {},
) {
  const task = recommendationsTask({ index: createSearchIndex({ documents }), clock, uses: options.uses });
  const { gateway, provider } = silentGateway(task, options.replies);
  const { input = {}, caller } = options;
  return gateway.run(task, input, { caller }).then((reply) => ({
    ...reply,
    requests: provider.requests,
    reasons: Object.fromEntries(reply.recommendations.map(({ id, reason }) => [id, reason])),
  }));
}

describe("recommendations", () => {
  it("are the latest ones while nothing is known", async () => {
    const { recommendations, reasons } = await recommend();
    expect(recommendations.map(({ id }) => id).slice(0, 2)).toEqual(["roles", "export"]);
    expect(reasons).toMatchObject({
      roles: "New this week",
      export: "New this month",
      slack: "A good place to start",
    });
  });

  it("are like the given items, without these", async () => {
    const { recommendations } = await recommend({ input: { item_ids: ["refunds"] } });
    expect(recommendations[0]).toMatchObject({ id: "invoices", reason: "Similar to “Refund policy”" });
    expect(recommendations.map(({ id }) => id)).not.toContain("refunds");
    expect(recommendations.map(({ id }) => id)).not.toContain("roles");
  });

  it("are what others use together with the given items", async () => {
    const uses = ["a", "b"].flatMap((user) => [use(user, "refunds"), use(user, "slack")]);
    const { reasons } = await recommend({ uses, input: { item_ids: ["refunds"] } });
    expect(reasons["slack"]).toBe("Often used together with “Refund policy”");
  });

  it("start from what the caller used, and leave that out", async () => {
    const uses = [use("me", "refunds"), use("me", "roles")];
    const { recommendations, reasons } = await recommend({ uses, caller: { userId: "me" } });
    expect(reasons["invoices"]).toBe("Similar to “Refund policy”");
    const ids = recommendations.map(({ id }) => id);
    expect(ids).not.toContain("refunds");
    expect(ids).not.toContain("roles");
  });

  it("say what a team uses", async () => {
    const uses = ["a", "b", "c"].map((user) => use(user, "slack", { tenantId: "acme" }));
    const { reasons } = await recommend({ uses, caller: { tenantId: "acme", userId: "me" } });
    expect(reasons["slack"]).toBe("Popular in your team");
  });

  it("take the uses from a function that is told who asks", async () => {
    const asked: Caller[] = [];
    const uses = async (caller: Caller) => {
      asked.push(caller);
      return [use("me", "refunds")];
    };
    const { reasons } = await recommend({ uses, caller: { userId: "me" } });
    expect(asked.every(({ userId }) => userId === "me") && asked.length > 0).toBe(true);
    expect(reasons["invoices"]).toBe("Similar to “Refund policy”");
  });

  it("keep to the limit", async () => {
    expect((await recommend({ input: { limit: 2 } })).recommendations).toHaveLength(2);
    expect((await recommend()).recommendations).toHaveLength(5);
  });

  it.each([
    [{ limit: 0 }, "limit"],
    [{ limit: 21 }, "limit"],
    [{ item_ids: [""] }, "item_ids.0"],
    [{ item_ids: Array.from({ length: 21 }, (_, at) => `${at}`) }, "item_ids"],
  ])("refuse %j", async (input, path) => {
    await expect(recommend({ input })).rejects.toMatchObject({
      code: "invalid_input",
      details: { issues: [{ path }] },
    });
  });

  it("fall back to the caller when no given item exists", async () => {
    const { recommendations } = await recommend({ input: { item_ids: ["acme", "🙂", "gone"] } });
    expect(recommendations[0]?.id).toBe("roles");
  });
});

describe("what one person uses", () => {
  it("changes nothing for the others", async () => {
    const shared = ["a", "b"].flatMap((user) => [use(user, "refunds"), use(user, "slack")]);
    const alone = [use("c", "export"), use("c", "refunds"), use("c", "roles", { at: "2026-03-18" })];
    const input = { item_ids: ["invoices"] };
    const without = await recommend({ uses: shared, input });
    const withOne = await recommend({ uses: [...shared, ...alone.slice(0, 1)], input });
    expect(withOne.recommendations).toEqual(without.recommendations);
    const cold = await recommend({ uses: [] });
    expect((await recommend({ uses: alone })).recommendations).toEqual(cold.recommendations);
  });

  it("is not seen in another tenant, nor without one", async () => {
    const uses = ["a", "b", "c"].flatMap((user) => [
      use(user, "refunds", { tenantId: "globex" }),
      use(user, "slack", { tenantId: "globex" }),
    ]);
    for (const caller of [{ tenantId: "acme", userId: "a" }, { userId: "a" }, {}]) {
      const [withUses, plain] = [await recommend({ uses, caller }), await recommend({ caller })];
      expect(withUses.recommendations).toEqual(plain.recommendations);
    }
  });
});

it.each([
  [-400, "Among the latest"],
  [-0.5, "New today"],
  [6, "New this week"],
  [40, "Among the latest"],
])("says of an item of %d days: %s", (days, reason) => {
  expect(recommendationReason({ strongest: "recency", ageMs: days * 86_400_000, isTeam: false })).toBe(
    reason,
  );
});

it("takes what somebody without a name used for nobody else's", async () => {
  const { reasons } = await recommend({ uses: [use("", "refunds")] });
  expect(reasons["refunds"]).toBeDefined();
  expect(Object.values(reasons).join()).not.toContain("Refund policy");
});

describe("with a model", () => {
  const wording = (...items: [id: string, reason: string][]) => ({
    text: JSON.stringify({ recommendations: items.map(([id, reason]) => ({ id, reason })) }),
  });

  it("takes its order and its words, for known items only", async () => {
    const replies = [wording(["slack", "Bring messages to your team"], ["acme", "Read the Acme deal"])];
    const { recommendations, metadata } = await recommend({ replies });
    expect(metadata.source).toBe("model");
    expect(recommendations[0]).toMatchObject({ id: "slack", reason: "Bring messages to your team" });
    expect(recommendations.map(({ id }) => id).slice(1, 3)).toEqual(["roles", "export"]);
    expect(recommendations.map(({ id }) => id)).not.toContain("acme");
  });

  it("keeps its own reason where the model writes more than a sentence", async () => {
    const { reasons } = await recommend({ replies: [wording(["roles", "It is new. Read it now."])] });
    expect(reasons["roles"]).toBe("New this week");
  });

  it.each([
    ["a reason that is too long", wording(["roles", "x".repeat(161)])],
    ["an empty reason", wording(["roles", " "])],
    ["unknown items only", wording(["acme", "Read it"])],
    ["no list", { text: '{"ids":[]}' }],
  ])("answers locally after %s", async (_, reply) => {
    const { metadata, recommendations } = await recommend({ replies: [reply] });
    expect(metadata).toMatchObject({ source: "local", degraded: "invalid_output" });
    expect(recommendations[0]?.id).toBe("roles");
  });

  it("is told nothing of another tenant", async () => {
    const { requests } = await recommend({ replies: [wording(["roles", "New"])] });
    expect(JSON.stringify(requests)).toContain("Roles");
    expect(JSON.stringify(requests)).not.toContain("Acme");
  });
});
