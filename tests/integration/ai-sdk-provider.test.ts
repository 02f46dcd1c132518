import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAI as createOpenAiV2 } from "@ai-sdk/openai-v2";
import { aiSdkProvider } from "@levqor/ai-sdk";
import { createAiGateway, type Provider, type ProviderRequest } from "@levqor/core";
import {
  memoryAuditSink,
  type ProviderScenario,
  providerContract,
  providerEmbeddingContract,
} from "@levqor/core/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { asV4Model } from "../support/as-v4-model.js";
import { type OpenAiWireServer, startOpenAiWireServer } from "../support/openai-wire-server.js";

const servers: OpenAiWireServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const apiKey = "sk-test-0123456789abcdef";

const makers: Record<string, (baseURL: string) => Provider> = {
  v2(baseURL) {
    const openai = createOpenAiV2({ apiKey, baseURL });
    const embeddingModel = openai.textEmbeddingModel("embedding-model");
    return aiSdkProvider(openai.chat("gpt-4o-mini"), { embeddingModel });
  },
  v3(baseURL) {
    const openai = createOpenAI({ apiKey, baseURL });
    const embeddingModel = openai.embeddingModel("embedding-model");
    return aiSdkProvider(openai.chat("gpt-4o-mini"), { embeddingModel });
  },
  v4(baseURL) {
    const openai = createOpenAI({ apiKey, baseURL });
    const embeddingModel = Object.assign(openai.embeddingModel("embedding-model"), {
      specificationVersion: "v4" as const,
    });
    return aiSdkProvider(asV4Model(openai.chat("gpt-4o-mini")), { embeddingModel });
  },
};

describe.each(Object.entries(makers))("a model of the AI SDK, specification %s", (_, make) => {
  async function createProvider(scenario: ProviderScenario) {
    const server = await startOpenAiWireServer(scenario);
    servers.push(server);
    return make(server.baseURL);
  }

  for (const { name, run } of [...providerContract, ...providerEmbeddingContract]) {
    it(name, () => run(createProvider));
  }
});

describe("aiSdkProvider with a model of OpenAI's", () => {
  const request: ProviderRequest = {
    model: "gpt-4o-mini",
    prompt: { system: "Be brief.", messages: [{ role: "user", content: "hello" }] },
    maxOutputTokens: 16,
    temperature: 0.5,
    incremental: false,
  };
  const never = new AbortController().signal;

  async function sent(make: (baseURL: string) => Provider, parts: Partial<ProviderRequest>) {
    const server = await startOpenAiWireServer({ kind: "reply", pieces: ["{}"] });
    servers.push(server);
    for await (const _ of make(server.baseURL).stream({ ...request, ...parts }, { signal: never }));
    return server.requests;
  }

  it.each(Object.entries(makers))("sends the same in every specification: %s", async (_, make) => {
    const schema = { type: "object", properties: { city: { type: "string" } } };
    const [first, ...others] = await sent(make, {
      responseFormat: { name: "shape", schema },
      tools: [{ name: "weather", description: "Today's.", parameters: schema }],
      toolChoice: { name: "weather" },
      prompt: {
        system: "Be brief.",
        messages: [
          { role: "user", content: "Weather?" },
          {
            role: "assistant",
            content: "I look.",
            toolCalls: [{ id: "a", name: "weather", arguments: '{"city":"Oslo"}' }],
          },
          { role: "tool", toolCallId: "a", content: "no city", isError: true },
        ],
      },
    });
    expect(others).toEqual([]);
    expect(first?.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(first?.body).toMatchObject({
      model: "gpt-4o-mini",
      max_tokens: 16,
      temperature: 0.5,
      response_format: { type: "json_schema", json_schema: { name: "shape", schema, strict: false } },
      tools: [
        { type: "function", function: { name: "weather", description: "Today's.", parameters: schema } },
      ],
      tool_choice: { type: "function", function: { name: "weather" } },
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Weather?" },
        {
          role: "assistant",
          content: "I look.",
          tool_calls: [
            { id: "a", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } },
          ],
        },
        { role: "tool", tool_call_id: "a", content: "no city" },
      ],
    });
  });

  it.each(Object.entries(makers))("makes one attempt only, in specification %s", async (_, make) => {
    const server = await startOpenAiWireServer({ kind: "status", status: 503 });
    servers.push(server);
    for (const incremental of [false, true]) {
      await expect(async () => {
        for await (const _event of make(server.baseURL).stream(
          { ...request, incremental },
          { signal: never },
        ));
      }).rejects.toThrow("503");
    }
    expect(server.requests).toHaveLength(2);
  });

  it("tells the upstream when a call is aborted", async () => {
    const server = await startOpenAiWireServer({ kind: "hang", pieces: ["Hel"] });
    servers.push(server);
    const controller = new AbortController();
    const provider = makers["v3"]?.(server.baseURL);
    await expect(async () => {
      const streamed = { ...request, incremental: true };
      for await (const event of provider?.stream(streamed, { signal: controller.signal }) ?? []) {
        if (event.type === "text-delta") controller.abort(new Error("enough"));
      }
    }).rejects.toThrow("enough");
    await vi.waitFor(() => expect(server.abandoned).toBe(1));
  });

  it.each<[string, ProviderScenario | string, string, string]>([
    ["a web page", { kind: "garbage" }, "provider_malformed", "check the baseURL"],
    ["a port where nothing listens", "http://127.0.0.1:1/v1", "provider_unavailable", "check baseURL"],
    ["no URL", "CANARY no url", "provider_rejected", "not a URL"],
    ["an unknown model", { kind: "status", status: 404 }, "provider_rejected", "check the target's model"],
  ])("configured with %s, says what to look at", async (_, wrong, code, advice) => {
    const address = async () => {
      if (typeof wrong === "string") return wrong;
      const server = await startOpenAiWireServer(wrong);
      servers.push(server);
      return server.baseURL;
    };
    for (const make of Object.values(makers)) {
      const provider = make(await address());
      for (const incremental of [false, true]) {
        const failure = (async () => {
          for await (const _event of provider.stream({ ...request, incremental }, { signal: never }));
        })();
        await expect(failure).rejects.toMatchObject({ code, message: expect.stringContaining(advice) });
        await expect(failure).rejects.not.toThrow(/CANARY|127/);
      }
    }
  });
});

describe.each(Object.entries(makers))("a gateway on a model of specification %s", (_, make) => {
  it("answers a structured task, at its price, and nothing personal leaves", async () => {
    const answer = {
      summary: "Log in again.",
      probable_causes: ["a"],
      steps_to_fix: ["b"],
      prevention: ["c"],
    };
    const server = await startOpenAiWireServer({ kind: "reply", pieces: [JSON.stringify(answer)] });
    servers.push(server);
    const gateway = createAiGateway({
      targets: [{ provider: make(server.baseURL), price: { inputUsd: 1, outputUsd: 5 } }],
      auditSink: memoryAuditSink(),
      logger: { info() {}, warn() {}, error() {} },
    });
    const input = { error_type: "auth", message: "401 for ada.lovelace@example.com" };
    const { metadata, ...reply } = await gateway.debug(input, { caller: { userId: "ada" } });
    expect(reply).toMatchObject(answer);
    expect(metadata).toMatchObject({ source: "model", provider: "openai", model: "gpt-4o-mini" });
    expect(metadata.cost_usd).toBeCloseTo((7 * 1 + 3 * 5) / 1e6, 12);
    expect(server.requests[0]?.text).not.toContain("ada.lovelace");
    expect(server.requests[0]?.text).toContain("[EMAIL_");
  });
});
