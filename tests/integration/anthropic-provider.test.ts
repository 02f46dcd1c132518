import { anthropicProvider } from "@levqor/anthropic";
import { createAiGateway, isGatewayError, type ProviderEvent, type ProviderRequest } from "@levqor/core";
import { memoryAuditSink, type ProviderScenario, providerContract } from "@levqor/core/testing";
import { afterEach, describe, expect, it } from "vitest";
import { type AnthropicWireServer, startAnthropicWireServer } from "../support/anthropic-wire-server.js";

const servers: AnthropicWireServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const apiKey = "sk-ant-test-0123456789abcdef";

async function createProvider(scenario: ProviderScenario) {
  const server = await startAnthropicWireServer(scenario);
  servers.push(server);
  return anthropicProvider({ apiKey, baseURL: server.baseURL });
}

const request: ProviderRequest = {
  model: "claude-haiku-4-5",
  prompt: { system: "Be brief.", messages: [{ role: "user", content: "hello" }] },
  maxOutputTokens: 16,
  temperature: 0.5,
  incremental: false,
};
const never = new AbortController().signal;

/** Sends a request to a server that answers with text, and gives what arrived there. */
async function sent(parts: Partial<ProviderRequest>) {
  const provider = await createProvider({ kind: "reply", pieces: ["{}"] });
  const events: ProviderEvent[] = [];
  for await (const event of provider.stream({ ...request, ...parts }, { signal: never })) events.push(event);
  const [received] = servers[0]?.requests ?? [];
  return { ...received, events };
}

const weather = {
  name: "weather",
  description: "Today's weather.",
  parameters: { type: "object", properties: { city: { type: "string" } } },
};
const format = { name: "shape", schema: { type: "object", properties: {}, additionalProperties: false } };

describe("anthropicProvider", () => {
  for (const { name, run } of providerContract) it(name, () => run(createProvider));

  it("sends key, model, system text, messages and token limit, and no temperature", async () => {
    const { path, headers, body } = await sent({});
    expect(path).toBe("/v1/messages");
    expect(JSON.stringify(headers)).toContain(apiKey);
    expect(body).toEqual({
      model: "claude-haiku-4-5",
      max_tokens: 16,
      system: "Be brief.",
      messages: [{ role: "user", content: "hello" }],
    });
  });

  it("asks for JSON by forcing a tool whose input is the reply", async () => {
    const { body } = await sent({ responseFormat: format });
    expect(body?.tool_choice).toEqual({ type: "tool", name: "reply_as_shape" });
    expect(body?.["tools"]).toMatchObject([{ name: "reply_as_shape", input_schema: format.schema }]);
  });

  it.each<[string, Partial<ProviderRequest>, unknown]>([
    ["the model's choice by default", {}, { type: "auto" }],
    ["none", { toolChoice: "none" }, { type: "none" }],
    ["at least one", { toolChoice: "required" }, { type: "any" }],
    ["one by name", { toolChoice: { name: "weather" } }, { type: "tool", name: "weather" }],
    ["tools or the reply's tool", { responseFormat: format }, { type: "any" }],
    [
      "the reply's tool only",
      { responseFormat: format, toolChoice: "none" },
      { type: "tool", name: "reply_as_shape" },
    ],
  ])("offers tools: %s", async (_, parts, expected) => {
    const { body } = await sent({ tools: [weather], ...parts });
    expect(body?.tool_choice).toEqual(expected);
    expect(body?.["tools"]).toContainEqual({
      name: "weather",
      description: "Today's weather.",
      input_schema: weather.parameters,
    });
  });

  it("refuses a structured reply that is no object before it calls anybody", async () => {
    const listFormat = { name: "list", schema: { type: "array" } };
    await expect(sent({ responseFormat: listFormat })).rejects.toSatisfy((error) =>
      isGatewayError(error, "provider_rejected"),
    );
    expect(servers[0]?.requests).toEqual([]);
  });

  it("puts the results of one turn's calls into one message", async () => {
    const { body } = await sent({
      tools: [weather],
      prompt: {
        messages: [
          { role: "user", content: "Weather?" },
          {
            role: "assistant",
            content: "I look.",
            toolCalls: [
              { id: "a", name: "weather", arguments: '{"city":"Oslo"}' },
              { id: "b", name: "weather", arguments: "no JSON" },
            ],
          },
          { role: "tool", toolCallId: "a", content: "rain" },
          { role: "tool", toolCallId: "b", content: "no city", isError: true },
          { role: "user", content: "And?" },
        ],
      },
    });
    expect(body?.["messages"]).toEqual([
      { role: "user", content: "Weather?" },
      {
        role: "assistant",
        content: [
          { type: "text", text: "I look." },
          { type: "tool_use", id: "a", name: "weather", input: { city: "Oslo" } },
          { type: "tool_use", id: "b", name: "weather", input: { arguments: "no JSON" } },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "a", content: "rain", is_error: false },
          { type: "tool_result", tool_use_id: "b", content: "no city", is_error: true },
        ],
      },
      { role: "user", content: "And?" },
    ]);
  });

  it.each([false, true])(
    "counts cached tokens as a part of the input (incremental: %s)",
    async (incremental) => {
      const { events } = await sent({ incremental });
      expect(events.at(-1)).toMatchObject({
        usage: { inputTokens: 7, outputTokens: 3, cachedInputTokens: 4, cacheWriteTokens: 1 },
      });
    },
  );

  it("makes one attempt only: retries are the router's", async () => {
    const provider = await createProvider({ kind: "status", status: 529 });
    await expect(async () => {
      for await (const _ of provider.stream(request, { signal: never }));
    }).rejects.toThrow();
    expect(servers[0]?.requests).toHaveLength(1);
  });

  it("says a network failure is the provider's, and quotes nothing", async () => {
    const provider = anthropicProvider({ baseURL: "http://127.0.0.1:1" });
    await expect(async () => {
      for await (const _ of provider.stream(request, { signal: never }));
    }).rejects.toSatisfy(
      (error) => isGatewayError(error, "provider_unavailable") && !error.message.includes("127"),
    );
  });

  it("makes a long plain call, which the SDK by itself would refuse", async () => {
    const { body } = await sent({ maxOutputTokens: 64_000 });
    expect(body?.["max_tokens"]).toBe(64_000);
  });

  it.each([
    [{}, "is missing"],
    [{ apiKey: "sk-CANARY0123456789abcdef" }, "does not look like an Anthropic key"],
    [{ apiKey: "sk-ant-CANARY 0123456789abc" }, "white space"],
    [{ apiKey: "", baseURL: "http://127.0.0.1:1" }, "must not be empty"],
  ])("refuses a key that can't be one, without printing it", (options, problem) => {
    expect(() => anthropicProvider(options)).toThrow(problem);
    expect(() => anthropicProvider(options)).not.toThrow("CANARY");
  });
});

describe("a gateway on anthropicProvider", () => {
  const silent = { info() {}, warn() {}, error() {} };
  const input = { error_type: "auth", message: "401 for ada.lovelace@example.com" };
  const caller = { userId: "ada" };

  async function createGateway(scenario: ProviderScenario) {
    const provider = await createProvider(scenario);
    return createAiGateway({
      targets: [{ provider, price: { inputUsd: 1, outputUsd: 5 } }],
      retry: { maxRetries: 0 },
      auditSink: memoryAuditSink(),
      logger: silent,
    });
  }

  it("answers a structured task from the forced tool, and nothing personal leaves", async () => {
    const answer = {
      summary: "Log in again.",
      probable_causes: ["a"],
      steps_to_fix: ["b"],
      prevention: ["c"],
    };
    const json = JSON.stringify(answer);
    const gateway = await createGateway({ kind: "reply", pieces: [json.slice(0, 9), json.slice(9)] });
    const { metadata, ...reply } = await gateway.debug(input, { caller });
    expect(reply).toMatchObject(answer);
    expect(metadata).toMatchObject({ source: "model", provider: "anthropic", model: "claude-haiku-4-5" });
    expect(metadata.cost_usd).toBeCloseTo((7 * 1 + 3 * 5) / 1e6, 12);
    const sentText = JSON.stringify(servers[0]?.requests[0]?.body);
    expect(sentText).not.toContain("ada.lovelace");
    expect(sentText).toContain("[EMAIL_");
  });

  it.each<ProviderScenario>([
    { kind: "in-band-error", pieces: [] },
    { kind: "cut", pieces: [] },
    { kind: "filtered" },
    { kind: "status", status: 529 },
  ])("streams the local answer when the model fails: $kind", async (scenario) => {
    const gateway = await createGateway(scenario);
    const events: string[] = [];
    let source = "";
    for await (const event of gateway.stream(gateway.tasks.chat, { message: "Hello" }, { caller })) {
      events.push(event.type);
      if (event.type === "finish") source = event.reply.metadata.source;
    }
    expect(source).toBe("local");
    expect(events.filter((type) => type === "finish")).toHaveLength(1);
    expect(servers[0]?.requests).toHaveLength(1);
  });
});
