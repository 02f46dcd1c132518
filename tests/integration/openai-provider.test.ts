import { createAiGateway, isGatewayError, type ProviderEvent } from "@levqor/core";
import { openaiProvider } from "@levqor/core/openai";
import {
  fakeProvider,
  memoryAuditSink,
  type ProviderScenario,
  providerContract,
  providerEmbeddingContract,
} from "@levqor/core/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type OpenAiWireServer, startOpenAiWireServer } from "../support/openai-wire-server.js";

const servers: OpenAiWireServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function createProvider(scenario: ProviderScenario) {
  const server = await startOpenAiWireServer(scenario);
  servers.push(server);
  return openaiProvider({ apiKey: "sk-test-0123456789abcdef", baseURL: server.baseURL });
}

const request = {
  model: "gpt-4o-mini",
  prompt: { messages: [{ role: "user", content: "hello" }] },
  maxOutputTokens: 16,
  temperature: 0,
  incremental: true,
} as const;
const never = new AbortController().signal;

describe("openaiProvider", () => {
  for (const { name, run } of [...providerContract, ...providerEmbeddingContract]) {
    it(name, () => run(createProvider));
  }

  it("tells the upstream when a call is aborted", async () => {
    const provider = await createProvider({ kind: "hang", pieces: ["Hel"] });
    const controller = new AbortController();
    const reading = (async () => {
      for await (const event of provider.stream(request, { signal: controller.signal })) {
        if (event.type === "text-delta") controller.abort(new Error("enough"));
      }
    })();
    await expect(reading).rejects.toThrow("enough");
    await vi.waitFor(() => expect(servers[0]?.abandoned).toBe(1));
  });

  it("uses its connection again, call after call", async () => {
    const provider = await createProvider({ kind: "reply", pieces: ["Hello"] });
    const logger = { info() {}, warn() {}, error() {} };
    const gateway = createAiGateway({ provider, logger, auditSink: memoryAuditSink() });
    for (let call = 0; call < 20; call++) await gateway.chat({ message: `Question ${call}` });
    expect(servers[0]?.requests).toHaveLength(20);
    expect(servers[0]?.connections).toBeLessThan(5);
  });

  it("makes one attempt only: retries are the router's", async () => {
    const provider = await createProvider({ kind: "status", status: 500 });
    await expect(async () => {
      for await (const _ of provider.stream(request, { signal: never }));
    }).rejects.toThrow();
    expect(servers[0]?.requests).toHaveLength(1);
  });

  it("asks for JSON of the task's shape", async () => {
    const provider = await createProvider({ kind: "reply", pieces: ["{}"] });
    const schema = { type: "object", properties: {}, additionalProperties: false };
    const asking = provider.stream(
      { ...request, responseFormat: { name: "shape", schema } },
      { signal: never },
    );
    for await (const _ of asking);
    expect(servers[0]?.requests[0]?.body.response_format).toEqual({
      type: "json_schema",
      json_schema: { name: "shape", schema },
    });
  });

  it("says a network failure is the provider's, and quotes nothing", async () => {
    const provider = openaiProvider({ baseURL: "http://127.0.0.1:1/v1" });
    await expect(async () => {
      for await (const _ of provider.stream(request, { signal: never }));
    }).rejects.toSatisfy(
      (error) => isGatewayError(error, "provider_unavailable") && !error.message.includes("127"),
    );
  });

  it.each([
    [{}, "is missing"],
    [{ apiKey: "pk-CANARY0123456789" }, "does not look like an OpenAI key"],
    [{ apiKey: "sk-CANARY 0123456789abc" }, "white space"],
    [{ apiKey: "", baseURL: "http://127.0.0.1:1" }, "must not be empty"],
  ])("refuses a key that can't be one, without printing it", (options, problem) => {
    expect(() => openaiProvider(options)).toThrow(problem);
    expect(() => openaiProvider(options)).not.toThrow("CANARY");
  });
});

describe("fakeProvider", () => {
  it("keeps what it was asked and repeats its last reply", async () => {
    const provider = fakeProvider([{ text: "one" }, { text: "two" }]);
    const ask = async () => {
      let text = "";
      for await (const event of provider.stream(request, { signal: never })) {
        if (event.type === "text-delta") text += event.delta;
      }
      return text;
    };
    expect([await ask(), await ask(), await ask()]).toEqual(["one", "two", "two"]);
    expect(provider.requests).toHaveLength(3);
  });

  it("calls the tools that the test says", async () => {
    const call = { id: "a", name: "now", arguments: "{}" };
    const provider = fakeProvider([{ text: "I look.", toolCalls: [call] }]);
    const events: ProviderEvent[] = [];
    for await (const event of provider.stream(request, { signal: never })) events.push(event);
    expect(events).toEqual([
      { type: "text-delta", delta: "I look." },
      { type: "tool-call-start", id: "a", name: "now" },
      { type: "tool-call-delta", id: "a", delta: "{}" },
      { type: "tool-call-end", ...call },
      {
        type: "finish",
        reason: "tool-calls",
        usage: { inputTokens: 10, outputTokens: 5, source: "reported" },
      },
    ]);
  });
});
