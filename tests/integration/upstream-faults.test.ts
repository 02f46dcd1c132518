import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gatewayFromEnv } from "@levqor/core/node";
import { memoryAuditSink, type ProviderScenario } from "@levqor/core/testing";
import { createAiRouter } from "@levqor/express-adapter";
import express from "express";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OpenAiWireServer, startOpenAiWireServer } from "../support/openai-wire-server.js";

const email = "ada.lovelace@example.com";
const internals = /CANARY|node_modules|\bat .*\(|ECONN|Error:|127\.0\.0\.1|sk-/;
const silent = { info() {}, warn() {}, error() {} };

let upstream: OpenAiWireServer;
let server: Server;
let address: string;

/** A product's server whose gateway is configured by nothing but its environment. */
async function startProduct(baseURL: string): Promise<Server> {
  const gateway = await gatewayFromEnv({
    env: {
      OPENAI_API_KEY: "sk-test-0123456789abcdef",
      AI_OPENAI_BASE_URL: baseURL,
      AI_OPENAI_TIMEOUT: "0.3",
      AI_OPENAI_MAX_RETRIES: "1",
      AI_CIRCUIT_BREAKER_ENABLED: "false",
    },
    auditSink: memoryAuditSink(),
    logger: silent,
  });
  const started = createServer(express().use("/api/ai", createAiRouter(gateway, { identify: () => ({}) })));
  started.listen(0, "127.0.0.1");
  await once(started, "listening");
  return started;
}

beforeAll(async () => {
  upstream = await startOpenAiWireServer({ kind: "garbage" });
});
afterAll(() => upstream.close());

// A gateway for each test: no cached answer and no Retry-After of another one plays in.
beforeEach(async () => {
  server = await startProduct(upstream.baseURL);
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/ai`; // as: a TCP server has one
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function ask(task: string, body: object, accept = "application/json") {
  const headers = { "content-type": "application/json", accept };
  return fetch(`${address}/${task}`, { method: "POST", headers, body: JSON.stringify(body) });
}

const chatBody = (message: string) => ({
  message,
  context: { page: "dashboard" },
});

describe("with a model behind it", () => {
  it("answers from the model; what leaves holds no personal value, what returns does", async () => {
    upstream.play(({ body }) => ({ kind: "reply", pieces: [`You wrote: ${body.messages.at(-1)?.content}`] }));
    const before = upstream.requests.length;
    const response = await ask("chat", chatBody(`Please write to ${email}`));
    const reply = await response.json();
    expect(response.status).toBe(200);
    expect(reply.metadata).toMatchObject({ source: "model", provider: "openai", model: "gpt-4o-mini" });
    expect(reply.metadata.cost_usd).toBeGreaterThan(0);
    expect(reply.reply).toContain(email);
    const sent = upstream.requests.slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).not.toContain(email);
    expect(sent[0]?.text).toMatch(/\[EMAIL_\w+\]/);
  });

  it("restores personal values in a stream, cut anywhere", async () => {
    upstream.play(({ body }) => ({ kind: "reply", pieces: [...`${body.messages.at(-1)?.content}`] }));
    const text = await (await ask("chat", chatBody(`Please write to ${email}`), "text/event-stream")).text();
    const shown = [...text.matchAll(/"type":"text-delta".*?"delta":"(.*?)"\}/g)]
      .map(([, delta]) => delta)
      .join("");
    expect(shown).toContain(email);
    expect(text).toContain('"source":"model"');
  });

  it("answers each structured task from the model's JSON", async () => {
    const answers: Record<string, object> = {
      workflow: {
        workflow: {
          steps: [
            { type: "trigger", service: "gmail", description: "New mail" },
            { type: "action", service: "slack", description: "Tell the team" },
          ],
        },
        explanation: "Mail becomes a message.",
      },
      debug: { summary: "Slack refuses.", probable_causes: ["a"], steps_to_fix: ["b"], prevention: ["c"] },
      onboarding: { checklist: ["a"], tips: ["b"] },
    };
    const inputs: Record<string, object> = {
      workflow: { description: "When a mail comes, tell the team in Slack" },
      debug: { error_type: "auth", message: "401 from Slack" },
      onboarding: { stage: "first_login", context: { has_connected_tool: false, has_run_workflow: false } },
    };
    for (const [task, answer] of Object.entries(answers)) {
      upstream.play({ kind: "reply", pieces: ["```json\n", JSON.stringify(answer), "\n```"] });
      const reply = await (await ask(task, inputs[task] ?? {})).json();
      expect(reply).toMatchObject({ ...answer, metadata: { source: "model" } });
      expect(upstream.requests.at(-1)?.body.response_format).toBeDefined();
    }
  });

  it.each([
    {
      workflow: { steps: [{ type: "action", service: "slack", description: "no trigger" }] },
      explanation: "x",
    },
  ])("never hands on a model's answer that does not fit", async (answer) => {
    upstream.play({ kind: "reply", pieces: [JSON.stringify(answer)] });
    const reply = await (await ask("workflow", { description: "When a form is filled, tell Slack" })).json();
    expect(reply.metadata).toMatchObject({ source: "local", degraded: "invalid_output" });
    expect(reply.workflow.steps[0].type).toBe("trigger");
  });
});

const faults: Record<string, ProviderScenario> = {
  "slow (timeout)": { kind: "hang", pieces: [] },
  "429 with a long Retry-After": { kind: "status", status: 429, retryAfterS: 120 },
  "500": { kind: "status", status: 500 },
  "401": { kind: "status", status: 401 },
  malformed: { kind: "garbage" },
  "cut before any text": { kind: "cut", pieces: [] },
};

describe.each(Object.entries(faults))("with an upstream that is %s", (_, scenario) => {
  it.each([
    ["chat", () => chatBody(`I am ${email}, how do I connect a tool?`)],
    ["workflow", () => ({ description: "When a lead fills a form, tell Slack" })],
    ["debug", () => ({ error_type: "auth_error", message: "401 from Slack" })],
    [
      "onboarding",
      () => ({ stage: "invite_team", context: { has_connected_tool: true, has_run_workflow: true } }),
    ],
  ])("%s gets a local answer that says so, plain and streamed", async (task, body) => {
    upstream.play(scenario);
    const response = await ask(task, body());
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(JSON.parse(text).metadata).toMatchObject({ source: "local", degraded: "provider_down" });
    expect(text).not.toMatch(internals);
    const streamed = await (await ask(task, body(), "text/event-stream")).text();
    expect(streamed.match(/"type":"start"/g)).toHaveLength(1);
    expect(streamed).toContain('"degraded":"provider_down"');
    expect(streamed.trimEnd().endsWith("data: [DONE]")).toBe(true);
    expect(streamed).not.toMatch(internals);
  });
});

it.each([["cut", { kind: "cut", pieces: ["Half an ans"] }, "provider_cut"]] as const)(
  "once text was shown, a stream that is %s ends with a typed error event",
  async (_, scenario, code) => {
    upstream.play(scenario);
    const text = await (await ask("chat", chatBody("Tell me more"), "text/event-stream")).text();
    expect(text).toContain("Half an ans");
    expect(text).toContain(`"code":"${code}"`);
    expect(text).toContain('{"type":"error","errorText":"Temporary issue. Please try again."}');
    expect(text).not.toMatch(/"type":"finish"/);
    expect(text).not.toMatch(internals);
  },
);

it("answers locally when nothing listens at the provider's address", async () => {
  const lonely = await startProduct("http://127.0.0.1:9/v1");
  const { port } = lonely.address() as AddressInfo; // as: a TCP server has one
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify(chatBody("Hello there"));
  const response = await fetch(`http://127.0.0.1:${port}/api/ai/chat`, { method: "POST", headers, body });
  expect((await response.json()).metadata).toMatchObject({ source: "local", degraded: "provider_down" });
  lonely.close();
});
