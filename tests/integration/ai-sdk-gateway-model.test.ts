import { withModels } from "@levqor/ai-sdk";
import {
  type AiGatewayOptions,
  createAiGateway,
  GatewayError,
  isGatewayError,
  memoryBudget,
  memoryRateLimiter,
  staticKillSwitch,
} from "@levqor/core";
import { openaiProvider } from "@levqor/core/openai";
import { fakeProvider, memoryAuditSink } from "@levqor/core/testing";
import { generateText, Output, stepCountIs, streamText, tool } from "ai";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import {
  type OpenAiWireServer,
  startOpenAiWireServer,
  type WireBehaviour,
} from "../support/openai-wire-server.js";

const servers: OpenAiWireServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const caller = { tenantId: "acme", userId: "ada" };
const price = { inputUsd: 1, outputUsd: 5 };

function setUp(options: AiGatewayOptions) {
  const auditSink = memoryAuditSink();
  const logger = { info() {}, warn() {}, error() {} };
  const gateway = createAiGateway({ retry: { maxRetries: 0 }, logger, auditSink, ...options });
  return { gateway: withModels(gateway), auditSink };
}

async function onWire(behaviour: WireBehaviour, options: AiGatewayOptions = {}) {
  const server = await startOpenAiWireServer(behaviour);
  servers.push(server);
  const provider = openaiProvider({ apiKey: "sk-test-0123456789abcdef", baseURL: server.baseURL });
  return { ...setUp({ targets: [{ provider, price }], ...options }), server };
}

describe("streamText on gateway.model", () => {
  it("streams text, usage and what the gateway says of the call", async () => {
    const { gateway, auditSink, server } = await onWire({ kind: "reply", pieces: ["Hel", "lo."] });
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
    const { gateway } = await onWire({ kind: "cut", pieces: ["Hel"] });
    const onError = vi.fn();
    const result = streamText({ model: gateway.model("chat", { caller }), prompt: "Hi", onError });
    const types: string[] = [];
    for await (const { type } of result.fullStream) types.push(type);
    expect(types).toContain("error");
    expect(await result.finishReason).toBe("error");
    expect(onError.mock.calls[0]?.[0].error).toSatisfy((error) => isGatewayError(error, "provider_cut"));
  });

  it("ends as aborted when the AI SDK's signal aborts", async () => {
    const { gateway, server } = await onWire({ kind: "hang", pieces: ["Hel"] });
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
    const { gateway } = await onWire(({ body }) =>
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

describe("masking under the AI SDK", () => {
  const email = "ada.lovelace@example.com";
  const second = "grace.hopper@example.org";
  const schema = z.object({ to: z.string() });

  it.each([true, false])("hides personal data in every step of a loop (streamed: %s)", async (streamed) => {
    const { gateway, server, auditSink } = await onWire(({ body, text }) => {
      const placeholders = text.match(/\[EMAIL_\w+\]/g) ?? [];
      if (body.messages.some(({ role }) => role === "tool"))
        return {
          kind: "reply",
          pieces: [`Asked ${placeholders[0]}, forw`, `arded to ${placeholders.at(-1)}.`],
        };
      const pieces = ['{"to":"', ...(placeholders[0] ?? "").split(""), '"}'];
      return { kind: "tool-calls", text: "", calls: [{ id: "call_1", name: "send", pieces }] };
    });
    const sent: string[] = [];
    const request = {
      model: gateway.model("chat", { caller }),
      system: "Help.",
      prompt: `Write to ${email}.`,
      tools: {
        send: tool({
          inputSchema: schema,
          async execute({ to }) {
            sent.push(to);
            return { forwarded_to: second };
          },
        }),
      },
      stopWhen: stepCountIs(3),
    };
    const inputs: string[] = [];
    let answer = "";
    if (streamed) {
      const result = streamText(request);
      for await (const part of result.fullStream) {
        if (part.type === "tool-input-delta") inputs.push(part.delta);
        if (part.type === "text-delta") answer += part.text;
      }
    } else {
      const { text, steps } = await generateText(request);
      answer = text;
      inputs.push(...steps.flatMap(({ toolCalls }) => toolCalls.map(({ input }) => JSON.stringify(input))));
    }
    expect(sent).toEqual([email]);
    expect(JSON.parse(inputs.join(""))).toEqual({ to: email });
    expect(answer).toBe(`Asked ${email}, forwarded to ${second}.`);
    expect(server.requests).toHaveLength(2);
    for (const { text } of server.requests) expect(text).not.toMatch(/lovelace|hopper/);
    expect(server.requests[1]?.text.match(/\[EMAIL_\w+\]/g)?.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(auditSink.records)).not.toMatch(/lovelace|hopper/);
  });
});

describe("generateText on gateway.model", () => {
  it("gives an object of a schema", async () => {
    const { gateway, server } = await onWire({ kind: "reply", pieces: ['{"city":"Oslo"', "}"] });
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
    const { gateway } = await onWire({
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

  it("counts every step of a loop against the limits", async () => {
    const calls = [{ id: "call_1", name: "now", pieces: ["{}"] }];
    const rateLimiter = memoryRateLimiter({ perUser: { requests: 2, windowMs: 60_000 } });
    const { gateway, server } = await onWire({ kind: "tool-calls", text: "", calls }, { rateLimiter });
    const asking = generateText({
      model: gateway.model("chat", { caller }),
      prompt: "What time is it?",
      tools: { now: tool({ inputSchema: z.object({}), execute: async () => "nine" }) },
      stopWhen: stepCountIs(9),
    });
    await expect(asking).rejects.toSatisfy((error) => isGatewayError(error, "rate_limited"));
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    new GatewayError("provider_unavailable", "Down."),
    new GatewayError("provider_rate_limited", "Slow.", { details: { retryAfterMs: 1 } }),
  ])("leaves retries to the gateway, whose error stays what it is: $code", async (error) => {
    const provider = fakeProvider([{ error }], { name: "backup" });
    const { gateway } = setUp({ targets: [{ provider, name: "lab", price }] });
    const asking = generateText({ model: gateway.model("lab", { caller }), prompt: "Hi", maxRetries: 5 });
    await expect(asking).rejects.toSatisfy((thrown) => isGatewayError(thrown, error.code));
    expect(provider.requests).toHaveLength(1);
  });

  it("refuses an image with an error that says where it is", async () => {
    const { gateway, server } = await onWire({ kind: "reply", pieces: ["Hi."] });
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
    const { gateway } = await onWire({ kind: "reply", pieces: ["Hi."] });
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

describe("governance under the AI SDK", () => {
  it("answers locally without a key", async () => {
    const { gateway } = setUp({});
    const { text, providerMetadata } = await generateText({
      model: gateway.model("chat", { caller }),
      prompt: "How do I create a workflow?",
    });
    const local = await gateway.chat({ message: "How do I create a workflow?" }, { caller });
    expect(text).toBe(local.reply);
    expect(text).not.toBe("");
    expect(providerMetadata).toMatchObject({
      levqor: { source: "local", degraded: "no_provider", cost_usd: 0 },
    });
  });

  it("streams the local answer when the kill switch is off, and asks nobody", async () => {
    const killSwitch = staticKillSwitch({ tasks: { chat: false } });
    const { gateway, server } = await onWire({ kind: "reply", pieces: ["Hi."] }, { killSwitch });
    const result = streamText({
      model: gateway.model("chat", { caller }),
      prompt: "How do I create a workflow?",
    });
    expect(await result.text).not.toBe("");
    expect(await result.providerMetadata).toMatchObject({ levqor: { degraded: "kill_switch" } });
    expect(server.requests).toHaveLength(0);
  });

  it("stops at the budget, in the middle of a loop too", async () => {
    const calls = [{ id: "call_1", name: "now", pieces: ["{}"] }];
    const rateLimiter = memoryRateLimiter({ perUser: false });
    const onceMicroUsd = 22; // 7 tokens in, 3 out
    const budget = memoryBudget({ user: { dailyUsd: (2_000 + onceMicroUsd) / 1e6 }, onExceeded: "reject" });
    const { gateway, server } = await onWire(
      { kind: "tool-calls", text: "", calls },
      { budget, rateLimiter },
    );
    const steps = vi.fn();
    const asking = generateText({
      model: gateway.model("chat", { caller }),
      prompt: "What time is it?",
      maxOutputTokens: 256,
      tools: { now: tool({ inputSchema: z.object({}), execute: async () => "nine" }) },
      stopWhen: stepCountIs(1_000),
      onStepFinish: steps,
    });
    await expect(asking).rejects.toSatisfy((error) => isGatewayError(error, "budget_exceeded"));
    expect(server.requests.length).toBe(steps.mock.calls.length);
    expect(server.requests.length).toBeGreaterThan(1);
    expect(server.requests.length * onceMicroUsd).toBeLessThanOrEqual(2_000 + onceMicroUsd);
  });
});
