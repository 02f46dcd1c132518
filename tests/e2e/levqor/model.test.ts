import { LLMock } from "@copilotkit/aimock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningLevqor, startLevqor } from "./start-levqor.js";

const email = "ada.lovelace@example.com";
const mock = new LLMock({ port: 0 });
let levqor: RunningLevqor;

beforeAll(async () => {
  await mock.start();
  levqor = await startLevqor({
    env: { OPENAI_API_KEY: "sk-mock-0123456789abcdef", AI_OPENAI_BASE_URL: `${mock.url}/v1` },
  });
});
afterAll(async () => {
  await levqor.stop();
  await mock.stop();
});
beforeEach(() => {
  mock.clearFixtures();
  mock.clearRequests();
});

const ask = (task: string, body: object, accept = "application/json") =>
  fetch(`${levqor.url}/api/ai/${task}`, {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: JSON.stringify(body),
  });

/** Answers chat with the user's own last message, as it arrived. */
const echo = () =>
  mock.onMessage(/./, ({ messages }) => ({ content: `You wrote: ${String(messages.at(-1)?.content)}` }));

describe("Levqor with an OpenAI-compatible address", () => {
  it("answers chat from the model: nothing personal leaves, the reply has it", async () => {
    echo();
    const response = await ask("chat", {
      message: `I am ${email}. What does it cost?`,
      context: { page: "pricing" },
    });
    const reply = await response.json();
    expect(reply.metadata).toMatchObject({ source: "model", provider: "openai", model: "gpt-4o-mini" });
    expect(reply.reply).toContain(email);
    const sent = JSON.stringify(mock.getRequests());
    expect(sent).not.toContain(email);
    expect(sent).toContain("£29"); // the product's knowledge went along
  });

  it("streams the model's answer with the personal value in it", async () => {
    echo();
    const response = await ask("chat", { message: `Write to ${email} please.` }, "text/event-stream");
    const text = await response.text();
    const deltas = [...text.matchAll(/"text-delta".*?"delta":"(.*?)"\}/g)].map(([, delta]) => delta);
    expect(deltas.join("")).toContain(email);
    expect(JSON.stringify(mock.getRequests())).not.toContain(email);
  });

  it.each([
    [
      "workflow",
      { description: "When a form is filled, tell the team in Slack" },
      {
        workflow: {
          steps: [
            { type: "trigger", service: "forms", description: "A form is filled" },
            { type: "action", service: "slack", description: "Tell the team" },
          ],
        },
        explanation: "Each filled form becomes a message.",
      },
    ],
    [
      "debug",
      { error_type: "auth_error", message: "401 from Slack" },
      { summary: "Slack refuses the token.", probable_causes: ["a"], steps_to_fix: ["b"], prevention: ["c"] },
    ],
    [
      "onboarding",
      { stage: "first_login", context: { has_connected_tool: false, has_run_workflow: false } },
      { checklist: ["Connect a tool"], tips: ["Start small"] },
    ],
  ])("answers %s from the model's JSON", async (task, body, answer) => {
    mock.on({ responseFormat: "json_schema" }, { content: JSON.stringify(answer) });
    const reply = await (await ask(task, body)).json();
    expect(reply).toMatchObject({ ...answer, metadata: { source: "model" } });
  });

  it("puts what a search found in the model's order, and takes nothing from it that was not found", async () => {
    const ranking = ["draft-bluebird-roast-plan", "tier-starter", "tier-pro"];
    mock.on({ responseFormat: "json_schema" }, { content: JSON.stringify({ ranking }) });
    const { results, metadata } = await (await ask("search", { query: "What does Pro cost?" })).json();
    expect(metadata).toMatchObject({ source: "model" });
    const ids: readonly string[] = results.map(({ id }: { readonly id: string }) => id);
    expect(ids.slice(0, 2)).toEqual(["tier-starter", "tier-pro"]);
    expect(ids).not.toContain("draft-bluebird-roast-plan");
    expect(JSON.stringify(mock.getRequests())).not.toContain("Roast plan");
  });

  it("answers locally when the provider fails", async () => {
    mock.onMessage(/./, { error: { message: "CANARY", type: "server_error" }, status: 500 });
    const response = await ask("chat", { message: "What is the trial policy?" });
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(JSON.parse(text).metadata).toMatchObject({ source: "local", degraded: "provider_down" });
    expect(text).not.toContain("CANARY");
  });
});
