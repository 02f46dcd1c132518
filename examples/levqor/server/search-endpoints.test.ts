import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { AiGateway, RecommendationsOutput, SemanticSearchOutput } from "@levqor/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "./app.js";
import { createLevqorGateway } from "./levqor-gateway.js";
import { listen } from "./listen.js";
import { readServerConfig } from "./server-config.js";

let gateway: AiGateway;
let server: Server;
let url: string;

beforeAll(async () => {
  gateway = await createLevqorGateway({
    env: {},
    logger: { info() {}, warn() {}, error() {} },
    auditSink: { write() {} },
    rateLimiter: { consume: () => ({ allowed: true }) },
  });
  server = await listen(createApp({ gateway, config: readServerConfig({}) }), { port: 0, host: "127.0.0.1" });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await gateway.close();
});

const post = (path: string, body: unknown, cookie = "") =>
  fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", cookie },
    body: JSON.stringify(body),
  });

async function answer<Output>(path: string, body: unknown, cookie?: string): Promise<Output> {
  const response = await post(path, body, cookie);
  const reply = (await response.json()) as Output;
  expect({ status: response.status, reply }).toEqual({
    status: 200,
    reply: expect.objectContaining({
      success: true,
      metadata: expect.objectContaining({ source: "local", degraded: "no_provider" }),
    }),
  });
  return reply;
}

/** The cookie of a demo user's session. */
async function signIn(user: string): Promise<string> {
  const response = await post("/session", { user });
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

const titles = ({ results }: Pick<SemanticSearchOutput, "results">) => results.map(({ title }) => title);
const result = {
  id: expect.any(String),
  title: expect.any(String),
  url: expect.stringMatching(/^\//),
  score: expect.any(Number),
  snippet: expect.any(String),
  highlights: expect.any(Array),
};

describe("POST /api/ai/search", () => {
  it("finds an article in spite of a typo, and marks the words", async () => {
    const reply = await answer<SemanticSearchOutput>("/api/ai/search", { query: "how to get a refnd" });
    const [best] = reply.results;
    expect(reply.results).toEqual(reply.results.map(() => result));
    expect(best).toMatchObject({ id: "cancel-and-refund", url: "/pricing" });
    expect(best?.highlights.map(({ start, end }) => best.snippet.slice(start, end))).toContain("refund");
    expect(reply.corrections).toEqual([{ from: "refnd", to: "refund" }]);
  });

  it.each([
    ["invite my team", "Invite your team"],
    ["conect slak", "Connect a tool"],
    ["weekly report", "Weekly report on Monday"],
    ["stripe payment failed", "Failed payments raise an alarm"],
    ["is my data encrypted", "How Levqor handles your data"],
    ["delete account", "Delete your account"],
    ["401 error", "Fix an integration error"],
  ])("finds with %j first: %s", async (query, title) => {
    expect(titles(await answer("/api/ai/search", { query }))[0]).toBe(title);
  });

  it("says what to try when nothing fits", async () => {
    const reply = await answer<SemanticSearchOutput>("/api/ai/search", { query: "xyzzy" });
    expect(reply).toMatchObject({ results: [], hint: expect.stringContaining("Nothing was found") });
  });

  it("finds a company's drafts for its own people only", async () => {
    const search = (cookie?: string) =>
      answer<SemanticSearchOutput>("/api/ai/search", { query: "roast plan coffee" }, cookie);
    expect(titles(await search(await signIn("jonas")))[0]).toBe("Roast plan for the week");
    for (const cookie of [undefined, await signIn("amara")])
      expect(titles(await search(cookie))).not.toContain("Roast plan for the week");
  });
});

describe("POST /api/ai/search/intelligent", () => {
  it("reads type, owner and date out of the words", async () => {
    const query = "templates by Priya about leads since April 2026";
    const reply = await answer<SemanticSearchOutput>("/api/ai/search/intelligent", { query });
    expect(reply).toMatchObject({
      structured_query: { text: "leads", type: "template", owner: "Priya Nair", from: "2026-04-01" },
      explanation: expect.stringContaining("Priya Nair"),
    });
    expect(titles(reply)).toEqual(["New leads into HubSpot"]);
  });

  it("takes “my” for the one who is signed in", async () => {
    const reply = await answer<SemanticSearchOutput>(
      "/api/ai/search/intelligent",
      { query: "my drafts" },
      await signIn("amara"),
    );
    expect(reply).toMatchObject({ structured_query: { owner: "Amara Okafor", status: "draft" } });
    expect(titles(reply)).toEqual(["Remind clients of open invoices", "Client briefing into Notion"]);
  });
});

describe("POST /api/ai/recommendations", () => {
  const recommend = (body: object, cookie?: string) =>
    answer<RecommendationsOutput>("/api/ai/recommendations", body, cookie);

  it("recommends to a visitor what others use, with a reason each", async () => {
    const { recommendations } = await recommend({ limit: 3 });
    expect(recommendations).toEqual(
      Array.from({ length: 3 }, () => ({
        id: expect.any(String),
        title: expect.any(String),
        url: expect.stringMatching(/^\//),
        score: expect.any(Number),
        reason: expect.stringMatching(/\S/),
      })),
    );
    expect(recommendations[0]?.id).toBe("template-lead-to-sheet");
  });

  it("recommends to a user what goes with what they opened, and not that itself", async () => {
    const { recommendations } = await recommend({ limit: 20 }, await signIn("amara"));
    expect(recommendations[0]?.reason).toContain("New leads into a sheet");
    const ids = recommendations.map(({ id }) => id);
    expect(ids).not.toContain("template-lead-to-sheet");
    expect(ids).not.toContain("draft-bluebird-roast-plan");
  });

  it("recommends what goes with a given item", async () => {
    const { recommendations } = await recommend({ item_ids: ["tier-pro"], limit: 3 });
    expect(recommendations.map(({ title }) => title).sort()).toEqual([
      "The Business plan",
      "The Growth plan",
      "The Starter plan",
    ]);
    expect(recommendations[0]?.reason).toContain("The Pro plan");
  });
});

describe("a wrong request", () => {
  it.each([
    ["/api/ai/search", { query: "" }, "query"],
    ["/api/ai/search", { query: " \n" }, "query"],
    ["/api/ai/search", {}, "query"],
    ["/api/ai/search", { query: "refund", limit: 0 }, "limit"],
    ["/api/ai/search/intelligent", { query: "" }, "query"],
    ["/api/ai/recommendations", { item_ids: "all" }, "item_ids"],
    ["/api/ai/recommendations", { limit: 1000 }, "limit"],
  ])("to %s with %j is refused with 400", async (path, body, field) => {
    const response = await post(path, body);
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({
        success: false,
        code: "invalid_input",
        issues: [{ path: field, message: expect.any(String) }],
      }),
    ]);
  });

  it.each(["/api/ai/search", "/api/ai/search/intelligent", "/api/ai/recommendations"])(
    "GET %s is refused with 405, and told what is allowed",
    async (path) => {
      const response = await fetch(url + path);
      expect([response.status, await response.json()]).toEqual([
        405,
        expect.objectContaining({ success: false, code: "method_not_allowed" }),
      ]);
      expect(response.headers.get("allow")).toContain("POST");
    },
  );
});
