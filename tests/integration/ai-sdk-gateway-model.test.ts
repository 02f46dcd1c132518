import { GatewayError, isGatewayError } from "@levqor/core";
import { fakeProvider } from "@levqor/core/testing";
import { generateText, Output, stepCountIs, streamText, tool } from "ai";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { gatewayOnWire, gatewayWithModels } from "../support/gateway-with-models.js";

const caller = { tenantId: "acme", userId: "ada" };

describe("streamText on gateway.model", () => {
  it("streams text, usage and what the gateway says of the call", async () => {
    const { gateway, auditSink, server } = await gatewayOnWire({ kind: "reply", pieces: ["Hel", "lo."] });
    const result = streamText({ model: gateway.model("chat", { caller }), prompt: "Hi" });
    const pieces: string[] = [];
    for await (const piece of result.textStream) pieces.push(piece);
    expect(pieces.join("")).toBe("Hello.");
    expect(await result.finishReason).toBe("stop");
    expect(await result.usage).toMatchObject({ inputTokens: 7, outputTokens: 3, totalTokens: 10 });
    const [record] = auditSink.records;
    expect(record).toMatchObject({ task: "chat", user_id: "ada", outcome: "ok" });
    expect(await result.response).toMatchObject({ id: record?.request_id, modelId: "gpt-4o-mini" });
    expect(await result.providerMetadata).toMatchObject({
      levqor: { request_id: record?.request_id, source: "model", cost_usd: (7 + 15) / 1e6 },
    });
    expect(auditSink.records).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
  });

  it("tells a stream that breaks after text from a whole one", async () => {
    const { gateway } = await gatewayOnWire({ kind: "cut", pieces: ["Hel"] });
    const onError = vi.fn();
    const result = streamText({ model: gateway.model("chat", { caller }), prompt: "Hi", onError });
    const types: string[] = [];
    for await (const { type } of result.fullStream) types.push(type);
    expect(types).toContain("error");
    expect(await result.finishReason).toBe("error");
    expect(onError.mock.calls[0]?.[0].error).toSatisfy((error) => isGatewayError(error, "provider_cut"));
  });

  it("ends as aborted when the AI SDK's signal aborts", async () => {
    const { gateway, server } = await gatewayOnWire({ kind: "hang", pieces: ["Hel"] });
    const controller = new AbortController();
    const onAbort = vi.fn();
    const { signal: abortSignal } = controller;
    const result = streamText({
      model: gateway.model("chat", { caller }),
      prompt: "Hi",
      abortSignal,
      onAbort,
    });
    const types: string[] = [];
    for await (const { type } of result.fullStream) {
      types.push(type);
      if (type === "text-delta") controller.abort();
    }
    expect(types.at(-1)).toBe("abort");
    expect(onAbort).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(server.abandoned).toBe(1));
  });

  it("streams tool inputs and runs the tools", async () => {
    const pieces = ['{"ci', 'ty":"Oslo"}'];
    const { gateway } = await gatewayOnWire(({ body }) =>
      body.messages.some(({ role }) => role === "tool")
        ? { kind: "reply", pieces: ["It rains."] }
        : { kind: "tool-calls", text: "I look.", calls: [{ id: "call_1", name: "weather", pieces }] },
    );
    const execute = vi.fn(async () => "rain");
    const result = streamText({
      model: gateway.model("chat", { caller }),
      prompt: "Weather in Oslo?",
      tools: { weather: tool({ inputSchema: z.object({ city: z.string() }), execute }) },
      stopWhen: stepCountIs(3),
    });
    const inputs: string[] = [];
    for await (const part of result.fullStream) if (part.type === "tool-input-delta") inputs.push(part.delta);
    expect(inputs.join("")).toBe('{"city":"Oslo"}');
    expect(execute).toHaveBeenCalledWith({ city: "Oslo" }, expect.anything());
    expect(await result.text).toBe("It rains.");
    expect((await result.steps).map(({ finishReason }) => finishReason)).toEqual(["tool-calls", "stop"]);
  });
});

describe("generateText on gateway.model", () => {
  it("gives an object of a schema", async () => {
    const { gateway, server } = await gatewayOnWire({ kind: "reply", pieces: ['{"city":"Oslo"', "}"] });
    const { output } = await generateText({
      model: gateway.model("chat", { caller }),
      prompt: "Which city?",
      output: Output.object({ schema: z.object({ city: z.string() }) }),
    });
    expect(output).toEqual({ city: "Oslo" });
    expect(server.requests[0]?.body.response_format).toMatchObject({
      type: "json_schema",
      json_schema: { schema: { properties: { city: { type: "string" } } } },
    });
  });

  it("streams partial objects", async () => {
    const { gateway } = await gatewayOnWire({
      kind: "reply",
      pieces: ['{"city":"Oslo",', '"country":"No', 'rway"}'],
    });
    const schema = z.object({ city: z.string(), country: z.string() });
    const result = streamText({
      model: gateway.model("chat", { caller }),
      prompt: "Which city?",
      output: Output.object({ schema }),
    });
    const partials: unknown[] = [];
    for await (const partial of result.partialOutputStream) partials.push(partial);
    expect(partials.length).toBeGreaterThan(1);
    expect(partials.at(-1)).toEqual({ city: "Oslo", country: "Norway" });
  });

  it.each([
    new GatewayError("provider_unavailable", "Down."),
    new GatewayError("provider_rate_limited", "Slow.", { details: { retryAfterMs: 1 } }),
  ])("leaves retries to the gateway, whose error stays what it is: $code", async (error) => {
    const provider = fakeProvider([{ error }], { name: "backup" });
    const { gateway } = gatewayWithModels({ targets: [{ provider, name: "lab" }] });
    const asking = generateText({ model: gateway.model("lab", { caller }), prompt: "Hi", maxRetries: 5 });
    await expect(asking).rejects.toSatisfy((thrown) => isGatewayError(thrown, error.code));
    expect(provider.requests).toHaveLength(1);
  });

  it("refuses an image with an error that says where it is", async () => {
    const { gateway, server } = await gatewayOnWire({ kind: "reply", pieces: ["Hi."] });
    const image = new Uint8Array([137, 80, 78, 71]);
    const content = [
      { type: "text" as const, text: "What is this?" },
      { type: "image" as const, image },
    ];
    const messages = [{ role: "user" as const, content }];
    await expect(generateText({ model: gateway.model("chat", { caller }), messages })).rejects.toSatisfy(
      (error) => isGatewayError(error, "invalid_input") && error.message.includes("prompt[0].content[1]"),
    );
    expect(server.requests).toHaveLength(0);
  });

  it("warns of settings that have no effect", async () => {
    const { gateway } = await gatewayOnWire({ kind: "reply", pieces: ["Hi."] });
    vi.stubGlobal("AI_SDK_LOG_WARNINGS", false);
    const result = await generateText({
      model: gateway.model("chat", { caller }),
      prompt: "Hi",
      topP: 0.5,
      stopSequences: ["x"],
    });
    vi.unstubAllGlobals();
    expect(result.warnings).toMatchObject([{ feature: "stopSequences" }, { feature: "topP" }]);
  });
});
