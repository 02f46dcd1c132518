import { aiSdkProvider, withModels } from "@levqor/ai-sdk";
import { createAiGateway, isGatewayError } from "@levqor/core";
import { openaiProvider } from "@levqor/core/openai";
import { memoryAuditSink, type ProviderScenario, providerContract } from "@levqor/core/testing";
import { afterEach, describe, expect, it } from "vitest";
import { type OpenAiWireServer, startOpenAiWireServer } from "../support/openai-wire-server.js";

const servers: OpenAiWireServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

/** A gateway's model as a provider: what is lost on the way there or back breaks a promise. */
async function createProvider(scenario: ProviderScenario) {
  const server = await startOpenAiWireServer(scenario);
  servers.push(server);
  const provider = openaiProvider({ apiKey: "sk-test-0123456789abcdef", baseURL: server.baseURL });
  const gateway = createAiGateway({
    targets: [{ provider, name: "lab" }],
    retry: { maxRetries: 0 },
    auditSink: memoryAuditSink(),
    logger: { info() {}, warn() {}, error() {} },
  });
  return aiSdkProvider(withModels(gateway).model("lab", { caller: { userId: "ada" } }));
}

/** The gateway does not take a reply that holds nothing but half a call. */
const isRefused = (name: string) => name.startsWith("does not end a call that the token limit cut");

describe("a provider on a gateway's model on a provider", () => {
  for (const { name, run } of providerContract) {
    if (isRefused(name)) {
      it(`${name}: refuses it`, () =>
        expect(run(createProvider)).rejects.toSatisfy((error) => isGatewayError(error, "invalid_output")));
    } else it(name, () => run(createProvider));
  }
});
