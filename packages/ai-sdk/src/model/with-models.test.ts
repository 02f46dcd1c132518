import { createAiGateway, GatewayError, isGatewayError, patternMasker } from "@levqor/core";
import { type FakeReply, fakeProvider, memoryAuditSink } from "@levqor/core/testing";
import { describe, expect, it, vi } from "vitest";
import type { GatewayModelStreamPart } from "./gateway-model.js";
import { type ModelCall, type WithModelsOptions, withModels } from "./with-models.js";

const caller = { userId: "ada" };
const prompt = [{ role: "user" as const, content: [{ type: "text", text: "Hi" }] }];

function setUp(replies: readonly FakeReply[], options: WithModelsOptions<"v3" | "v4"> = {}) {
  const provider = fakeProvider(replies);
  const backup = fakeProvider([{ text: "From the backup." }], { name: "backup", model: "gpt-4o" });
  const auditSink = memoryAuditSink();
  const gateway = withModels(
    createAiGateway({
      targets: [{ provider }, { provider: backup, name: "second" }],
      retry: { maxRetries: 0 },
      auditSink,
      logger: { info() {}, warn() {}, error() {} },
    }),
    options,
  );
  return { gateway, provider, backup, auditSink };
}

async function partsOf(stream: ReadableStream<GatewayModelStreamPart>): Promise<GatewayModelStreamPart[]> {
  const parts: GatewayModelStreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

const call = { id: "a", name: "weather", arguments: '{"city":"Oslo"}' };
const tools = [{ type: "function", name: "weather", inputSchema: { type: "object", properties: {} } }];

describe("gateway.model", () => {
  it("keeps everything that the gateway has", async () => {
    const { gateway } = setUp([{ text: "Hello." }]);
    expect((await gateway.chat({ message: "Hi" }, { caller })).reply).toBe("Hello.");
    expect(gateway.targets).toHaveLength(2);
  });

  it("keeps placeholders over the calls of a conversation, and hides what the call knows", async () => {
    const provider = fakeProvider(() => ({ text: "Hello." }));
    const masker = patternMasker({ key: "0123456789abcdef0123456789abcdef" });
    const logger = { info() {}, warn() {}, error() {} };
    const gateway = withModels(createAiGateway({ provider, masker, logger, auditSink: memoryAuditSink() }));
    const known = { person: ["Zaphod"] };
    const ask = [{ role: "user" as const, content: [{ type: "text", text: "I am Zaphod" }] }];
    for (const conversation of ["c1", "c1", "c2"])
      await gateway.model("chat", { caller, conversation, known }).doGenerate({ prompt: ask });
    await gateway.model(gateway.targets[0]?.name ?? "", { caller, conversation: "c1", known }).doGenerate({
      prompt: ask,
    });
    const [first, second, third, pinned] = provider.requests.map(({ prompt }) => prompt.messages[0]?.content);
    expect(first).toMatch(/^I am \[PERSON_\w+\]$/);
    expect([second, pinned]).toEqual([first, first]);
    expect(third).not.toBe(first);
  });

  it("streams text and calls as parts, and says at the end what the call was", async () => {
    const { gateway } = setUp([{ text: ["I ", "look."], toolCalls: [call] }]);
    const { stream } = await gateway.model("chat", { caller }).doStream({ prompt, tools, topP: 1 });
    const parts = await partsOf(stream);
    expect(parts).toEqual(
      [
        { type: "stream-start", warnings: [{ type: "unsupported", feature: "topP" }] },
        { type: "text-start", id: "0" },
        { type: "text-delta", id: "0", delta: "I " },
        { type: "text-delta", id: "0", delta: "look." },
        { type: "text-end", id: "0" },
        { type: "tool-input-start", id: "a", toolName: "weather" },
        { type: "tool-input-delta", id: "a", delta: call.arguments },
        { type: "tool-input-end", id: "a" },
        { type: "tool-call", toolCallId: "a", toolName: "weather", input: call.arguments },
        { type: "response-metadata", id: expect.any(String), modelId: "gpt-4o-mini" },
        {
          type: "finish",
          finishReason: { unified: "tool-calls" },
          usage: { inputTokens: { total: 10 }, outputTokens: { total: 5 } },
          providerMetadata: { levqor: { source: "model", provider: "fake", cost_usd: expect.any(Number) } },
        },
      ].map((part) => expect.objectContaining(part.type === "finish" ? { type: "finish" } : part)),
    );
    expect(parts.at(-1)).toMatchObject({
      finishReason: { unified: "tool-calls" },
      usage: { inputTokens: { total: 10 }, outputTokens: { total: 5 } },
      providerMetadata: { levqor: { source: "model", provider: "fake", model: "gpt-4o-mini" } },
    });
  });

  it("gives the same in one piece", async () => {
    const { gateway, auditSink } = setUp([{ text: ["I ", "look."], toolCalls: [call] }]);
    const result = await gateway.model("chat", { caller }).doGenerate({ prompt, tools });
    expect(result).toMatchObject({
      content: [
        { type: "text", text: "I look." },
        { type: "tool-call", toolCallId: "a", toolName: "weather", input: call.arguments },
      ],
      finishReason: { unified: "tool-calls" },
      usage: { inputTokens: { total: 10 }, outputTokens: { total: 5 } },
      warnings: [],
      response: { modelId: "gpt-4o-mini" },
    });
    expect(result.providerMetadata.levqor.cost_usd).toBeGreaterThan(0);
    expect(auditSink.records).toMatchObject([
      { request_id: result.response.id, task: "chat", user_id: "ada" },
    ]);
  });

  it("asks the target it is named by, and only that one, as a task of its own", async () => {
    const { gateway, provider, backup, auditSink } = setUp([{ text: "From the first." }]);
    const { content } = await gateway.model("second", { caller }).doGenerate({ prompt });
    expect(content).toEqual([{ type: "text", text: "From the backup." }]);
    expect([provider.requests.length, backup.requests.length]).toEqual([0, 1]);
    expect(backup.requests[0]?.maxOutputTokens).toBe(4096);
    expect(auditSink.records).toMatchObject([{ task: "model" }]);
  });

  it("lets nobody without a name use a target, unless its task says otherwise", async () => {
    const refused = setUp([]).gateway.model("second", { caller: {} });
    await expect(refused.doGenerate({ prompt })).rejects.toSatisfy((error) =>
      isGatewayError(error, "unauthenticated"),
    );
    const targetTask = { name: "lab", allow: "anyone" as const, maxOutputTokens: 9 };
    const { gateway, backup } = setUp([], { targetTask });
    await gateway.model("second", { caller: {} }).doGenerate({ prompt });
    expect(backup.requests[0]?.maxOutputTokens).toBe(9);
  });

  it("goes where the call says", async () => {
    const { gateway, backup } = setUp([{ text: "From the first." }]);
    await gateway.model("chat", { caller, targets: ["second"] }).doGenerate({ prompt });
    expect(backup.requests).toHaveLength(1);
  });

  it("fails over unseen when it is asked for a whole reply", async () => {
    const broken = { text: "Half", error: new GatewayError("provider_cut", "Cut.") };
    const result = await setUp([broken]).gateway.model("chat", { caller }).doGenerate({ prompt });
    expect(result.content).toEqual([{ type: "text", text: "From the backup." }]);
  });

  it("ends a stream that breaks after text with the error, and without a finish", async () => {
    const error = new GatewayError("provider_cut", "Cut.");
    const { gateway } = setUp([{ text: "Half", error }]);
    const parts = await partsOf((await gateway.model("chat", { caller }).doStream({ prompt })).stream);
    expect(parts.map(({ type }) => type)).toEqual(["stream-start", "text-start", "text-delta", "error"]);
    expect(parts.at(-1)).toMatchObject({ error: { code: "provider_cut" } });
  });

  it("rejects when there is nothing to show", async () => {
    const { gateway } = setUp([]);
    const model = gateway.model("onboarding", { caller: {} });
    const image = [{ role: "user" as const, content: [{ type: "file" }] }];
    await expect(model.doStream({ prompt: image })).rejects.toThrow("file");
    await expect(gateway.model("second", { caller: {} }).doStream({ prompt })).rejects.toSatisfy((error) =>
      isGatewayError(error, "unauthenticated"),
    );
  });

  it.each(["doGenerate", "doStream"] as const)(
    "throws the AI SDK's reason when that aborts (%s)",
    async (method) => {
      const { gateway, provider } = setUp([{ text: [], hangs: true }]);
      const controller = new AbortController();
      const asking = gateway.model("chat", { caller })[method]({ prompt, abortSignal: controller.signal });
      const reason = new DOMException("enough", "AbortError");
      setTimeout(() => controller.abort(reason));
      await expect(asking).rejects.toBe(reason);
      expect(provider.running).toBe(0);
    },
  );

  it("throws the reason in mid-stream too", async () => {
    const { gateway } = setUp([{ text: "Half", hangs: true }]);
    const controller = new AbortController();
    const { stream } = await gateway
      .model("chat", { caller })
      .doStream({ prompt, abortSignal: controller.signal });
    const reason = new DOMException("enough", "AbortError");
    await expect(async () => {
      for await (const { type } of stream) if (type === "text-delta") controller.abort(reason);
    }).rejects.toBe(reason);
  });

  it.each([true, false])(
    "settles when it is aborted and nobody reads on (by the AI SDK: %s)",
    async (byAiSdk) => {
      const { gateway, provider, auditSink } = setUp([{ text: ["Half", "more"], hangs: true }]);
      const controller = new AbortController();
      const { signal } = controller;
      const model = gateway.model("chat", { caller, ...(byAiSdk ? {} : { signal }) });
      const { stream } = await model.doStream({ prompt, ...(byAiSdk ? { abortSignal: signal } : {}) });
      const reason = new DOMException("enough", "AbortError");
      controller.abort(reason);
      await vi.waitFor(() => expect(auditSink.records).toMatchObject([{ outcome: "aborted" }]));
      await vi.waitFor(() => expect(provider.running).toBe(0));
      if (byAiSdk) return expect(partsOf(stream)).rejects.toBe(reason);
      expect((await partsOf(stream)).at(-1)).toMatchObject({ type: "error", error: { code: "aborted" } });
    },
  );

  it("says aborted when its own signal does", async () => {
    const { gateway } = setUp([{ hangs: true }]);
    const controller = new AbortController();
    const asking = gateway.model("chat", { caller, signal: controller.signal }).doGenerate({ prompt });
    setTimeout(() => controller.abort());
    await expect(asking).rejects.toSatisfy((error) => isGatewayError(error, "aborted"));
  });

  it.each([0, 1, 2])(
    "stops the provider and settles when the reader goes away after %i parts",
    async (count) => {
      const { gateway, provider, auditSink } = setUp([{ text: "Half", hangs: true }]);
      const { stream } = await gateway.model("chat", { caller }).doStream({ prompt });
      const reader = stream.getReader();
      for (let read = 0; read < count; read++) await reader.read();
      await reader.cancel();
      await vi.waitFor(() => expect(auditSink.records).toMatchObject([{ outcome: "aborted" }]));
      await vi.waitFor(() => expect(provider.running).toBe(0));
    },
  );

  it("stops the provider and settles when the reader goes away while it waits for a part", async () => {
    const { gateway, provider, auditSink } = setUp([{ text: "Half", hangs: true }]);
    const { stream } = await gateway.model("chat", { caller }).doStream({ prompt });
    const reader = stream.getReader();
    for (let read = 0; read < 3; read++) await reader.read();
    const waiting = reader.read();
    await reader.cancel();
    expect((await waiting).done).toBe(true);
    await vi.waitFor(() => expect(auditSink.records).toMatchObject([{ outcome: "aborted" }]));
    await vi.waitFor(() => expect(provider.running).toBe(0));
  });

  it("says the specification it is asked for", () => {
    expect(setUp([]).gateway.model("chat", { caller }).specificationVersion).toBe("v3");
    const { gateway } = setUp([], { specification: "v4" });
    expect(gateway.model("chat", { caller })).toMatchObject({ specificationVersion: "v4", modelId: "chat" });
  });

  it.each<[string, unknown, RegExp]>([
    ["nobody", { caller }, /"nobody".*tasks are chat, workflow.*targets are .*second/],
    ["toString", { caller }, /"toString"/],
    ["chat", undefined, /caller: is missing/],
    ["chat", {}, /caller: is missing/],
  ])("refuses the name %s with the call %j", (name, wrong, message) => {
    const make = () => setUp([]).gateway.model(name, wrong as ModelCall); // as: a program without types
    expect(make).toThrow(expect.toSatisfy((error) => isGatewayError(error, "invalid_config")));
    expect(make).toThrow(message);
  });

  it("refuses an unknown specification", () => {
    const wrong = { specification: "v2" } as unknown as WithModelsOptions; // as: a program without types
    expect(() => setUp([], wrong)).toThrow("specification: must be v3 or v4");
  });
});
