import { isGatewayError, type ProviderEvent, type ProviderRequest } from "@levqor/core";
import { describe, expect, it } from "vitest";
import type { AiSdkCallOptions, AiSdkLanguageModel } from "./ai-sdk-model.js";
import { type AiSdkProviderSettings, aiSdkProvider } from "./ai-sdk-provider.js";

const result = {
  content: [{ type: "text", text: "Hello" }],
  finishReason: { unified: "stop", raw: "stop" },
  usage: { inputTokens: { total: 7 }, outputTokens: { total: 3 } },
};
const calls: AiSdkCallOptions[] = [];
const model: AiSdkLanguageModel = {
  specificationVersion: "v4",
  provider: "house.chat",
  modelId: "house-1",
  async doGenerate(options) {
    calls.push(options);
    return result;
  },
  doStream: () => Promise.reject(new Error("CANARY")),
};
const request: ProviderRequest = {
  model: "house-1",
  prompt: { messages: [{ role: "user", content: "hello" }] },
  maxOutputTokens: 16,
  temperature: 0,
  incremental: false,
};

async function ask(settings: AiSdkProviderSettings = {}, parts: Partial<ProviderRequest> = {}) {
  const events: ProviderEvent[] = [];
  const { signal } = new AbortController();
  for await (const event of aiSdkProvider(model, settings).stream({ ...request, ...parts }, { signal })) {
    events.push(event);
  }
  return { events, sent: calls.at(-1), signal };
}

describe("aiSdkProvider", () => {
  it("is named by the model's vendor, or as it is told", () => {
    expect(aiSdkProvider(model)).toMatchObject({ name: "house", model: "house-1" });
    expect(aiSdkProvider(model, { name: "cottage" }).name).toBe("cottage");
  });

  it("has no embeddings without a model for them", () => expect(aiSdkProvider(model).embed).toBeUndefined());

  it("hands the signal and the vendor's options on", async () => {
    const { sent, signal } = await ask({ providerOptions: { house: { floor: 1 } } });
    expect(sent?.abortSignal).toBe(signal);
    expect(sent?.providerOptions).toEqual({ openai: { strictJsonSchema: false }, house: { floor: 1 } });
    const own = await ask({ providerOptions: { openai: { store: false } } });
    expect(own.sent?.providerOptions).toEqual({ openai: { store: false } });
  });

  it("refuses to answer as another model, which would be counted at another price", async () => {
    const before = calls.length;
    await expect(ask({}, { model: "house-2" })).rejects.toSatisfy(
      (error) => isGatewayError(error, "provider_rejected") && error.message.includes("house-2"),
    );
    expect(calls).toHaveLength(before);
  });

  it("says that a model which throws anything is not available, and quotes nothing", async () => {
    await expect(ask({}, { incremental: true })).rejects.toSatisfy(
      (error) => isGatewayError(error, "provider_unavailable") && !error.message.includes("CANARY"),
    );
  });

  it.each<[unknown, AiSdkProviderSettings, readonly string[]]>([
    [undefined, {}, ["model: must be an AI SDK model"]],
    ["openai/gpt-4o", {}, ["model: must be an AI SDK model"]],
    [{ ...model, specificationVersion: "v1" }, {}, ["model.specificationVersion: must be v2, v3 or v4"]],
    [{ ...model, modelId: "" }, {}, ["model.modelId: must be a text"]],
    [
      { specificationVersion: "v3", provider: "house", modelId: "house-1" },
      {},
      ["model.doGenerate: must be a function", "model.doStream: must be a function"],
    ],
    [model, { name: "" }, ["name: must not be empty"]],
    [model, { embeddingModel: model as never }, ["embeddingModel.doEmbed: must be a function"]],
  ])("refuses what is no model, by name: %#", (wrong, settings, problems) => {
    const make = () => aiSdkProvider(wrong as AiSdkLanguageModel, settings); // as: a program without types
    expect(make).toThrow(expect.toSatisfy((error) => isGatewayError(error, "invalid_config")));
    expect(make).toThrow(expect.objectContaining({ details: { problems } }));
  });
});
