import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAI as createOpenAiV2 } from "@ai-sdk/openai-v2";
import { LLMock } from "@copilotkit/aimock";
import { aiSdkProvider } from "@levqor/ai-sdk";
import { anthropicProvider } from "@levqor/anthropic";
import { isGatewayError, type Provider, type ProviderEvent, type ProviderRequest } from "@levqor/core";
import { openaiProvider } from "@levqor/core/openai";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { asV4Model } from "../support/as-v4-model.js";

const mock = new LLMock({ port: 0 });
beforeAll(() => mock.start());
afterAll(() => mock.stop());
afterEach(() => {
  mock.clearFixtures();
  mock.clearChaos();
});

const settings = () => ({ apiKey: "sk-test-0123456789abcdef", baseURL: `${mock.url}/v1` });
const providers: Record<string, () => Provider> = {
  openai: () => openaiProvider(settings()),
  anthropic: () => anthropicProvider({ baseURL: mock.url }),
  "AI SDK v2, chat": () => aiSdkProvider(createOpenAiV2(settings()).chat("gpt-4o-mini")),
  "AI SDK v2, responses": () => aiSdkProvider(createOpenAiV2(settings())("gpt-4o-mini")),
  "AI SDK v3, chat": () => aiSdkProvider(createOpenAI(settings()).chat("gpt-4o-mini")),
  "AI SDK v3, responses": () => aiSdkProvider(createOpenAI(settings())("gpt-4o-mini")),
  "AI SDK v4, chat": () => aiSdkProvider(asV4Model(createOpenAI(settings()).chat("gpt-4o-mini"))),
};

async function ask(provider: Provider, parts: Partial<ProviderRequest>): Promise<ProviderEvent[]> {
  const request: ProviderRequest = {
    model: provider.model,
    prompt: { system: "Be brief.", messages: [{ role: "user", content: "hello" }] },
    maxOutputTokens: 64,
    temperature: 0,
    incremental: true,
    ...parts,
  };
  const events: ProviderEvent[] = [];
  const { signal } = new AbortController();
  for await (const event of provider.stream(request, { signal })) events.push(event);
  return events;
}

const textOf = (events: readonly ProviderEvent[]) =>
  events.map((event) => (event.type === "text-delta" ? event.delta : "")).join("");

const tools = [
  { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
  { name: "now", parameters: { type: "object", properties: {} } },
];

describe.each(Object.entries(providers))("%s against a server of somebody else's", (_, create) => {
  describe.each([false, true])("incremental: %s", (incremental) => {
    it("reads text, finish and usage", async () => {
      mock.onMessage("hello", { content: "Hello from the mock, in words enough for some pieces." });
      const events = await ask(create(), { incremental });
      expect(textOf(events)).toBe("Hello from the mock, in words enough for some pieces.");
      expect(events.at(-1)).toMatchObject({ type: "finish", reason: "stop", usage: { source: "reported" } });
    });

    it("reads two tool calls", async () => {
      const toolCalls = [
        { id: "call_1", name: "weather", arguments: '{"city":"Zürich \\"West\\" 😀"}' },
        { id: "call_2", name: "now", arguments: "{}" },
      ];
      mock.onMessage("hello", { toolCalls }, { chunkSize: 3 });
      const events = await ask(create(), { incremental, tools });
      const ended = events.flatMap((event) => (event.type === "tool-call-end" ? [event] : []));
      expect(ended.map(({ id, name }) => [id, name])).toEqual([
        ["call_1", "weather"],
        ["call_2", "now"],
      ]);
      expect(ended.map((call) => JSON.parse(call.arguments))).toEqual([{ city: 'Zürich "West" 😀' }, {}]);
      expect(events.at(-1)).toMatchObject({ type: "finish", reason: "tool-calls" });
    });

    it("answers after a tool's result", async () => {
      mock.onToolResult("call_1", { content: "It rains in Oslo." });
      const call = { id: "call_1", name: "weather", arguments: '{"city":"Oslo"}' };
      const messages: ProviderRequest["prompt"]["messages"] = [
        { role: "user", content: "Weather in Oslo?" },
        { role: "assistant", content: "", toolCalls: [call] },
        { role: "tool", toolCallId: "call_1", content: "rain" },
      ];
      expect(textOf(await ask(create(), { incremental, tools, prompt: { messages } }))).toBe(
        "It rains in Oslo.",
      );
    });

    it("classes a limit with its Retry-After", async () => {
      mock.setChaos({ rateLimitRate: 1 });
      await expect(ask(create(), { incremental })).rejects.toSatisfy(
        (error) => isGatewayError(error, "provider_rate_limited") && (error.details.retryAfterMs ?? 0) > 0,
      );
    });

    it("classes a body that can't be read", async () => {
      mock.onMessage("hello", { content: "Hello." });
      mock.setChaos({ malformedRate: 1 });
      await expect(ask(create(), { incremental })).rejects.toSatisfy(
        (error) => isGatewayError(error, "provider_malformed") || isGatewayError(error, "provider_cut"),
      );
    });
  });

  it("never takes a stream that breaks off for a whole one", async () => {
    const content = "Hello from the mock, in words enough.";
    mock.onMessage("hello", { content }, { chunkSize: 4, truncateAfterChunks: 3 });
    // The mock breaks the connection: what was sent may arrive or not.
    await expect(ask(create(), {})).rejects.toSatisfy(
      (error) => isGatewayError(error, "provider_cut") || isGatewayError(error, "provider_unavailable"),
    );
  });
});

const embeddingProviders: Record<string, () => Provider> = {
  openai: () => openaiProvider(settings()),
  "AI SDK": () => {
    const openai = createOpenAI(settings());
    const embeddingModel = openai.embeddingModel("text-embedding-3-small");
    return aiSdkProvider(openai.chat("gpt-4o-mini"), { embeddingModel });
  },
};

describe.each(Object.entries(embeddingProviders))("%s against a server of somebody else's", (_, create) => {
  it("embeds", async () => {
    mock.onEmbedding("one", { embedding: [0.5, -0.5] });
    const request = { model: "text-embedding-3-small", texts: ["one"] };
    const reply = await create().embed?.(request, { signal: new AbortController().signal });
    expect(reply?.vectors.map((vector) => Array.from(vector))).toEqual([[0.5, -0.5]]);
  });
});
