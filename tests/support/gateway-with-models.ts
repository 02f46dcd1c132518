import { type ModelSource, withModels } from "@levqor/ai-sdk";
import { type AiGateway, type AiGatewayOptions, createAiGateway } from "@levqor/core";
import { openaiProvider } from "@levqor/core/openai";
import { type MemoryAuditSink, memoryAuditSink } from "@levqor/core/testing";
import { onTestFinished } from "vitest";
import { type OpenAiWireServer, startOpenAiWireServer, type WireBehaviour } from "./openai-wire-server.js";

/** A gateway whose models the AI SDK can call, and its audit. */
export interface GatewayWithModels {
  readonly gateway: AiGateway & ModelSource;
  readonly auditSink: MemoryAuditSink;
}

/** Makes a quiet gateway without retries. */
export function gatewayWithModels(options: AiGatewayOptions): GatewayWithModels {
  const auditSink = memoryAuditSink();
  const logger = { info() {}, warn() {}, error() {} };
  const gateway = createAiGateway({ retry: { maxRetries: 0 }, logger, auditSink, ...options });
  return { gateway: withModels(gateway), auditSink };
}

/** The same, on a server that speaks OpenAI's wire until the test ends; a token costs 1 micro-dollar in, 5 out. */
export async function gatewayOnWire(
  behaviour: WireBehaviour,
  options: AiGatewayOptions = {},
): Promise<GatewayWithModels & { readonly server: OpenAiWireServer }> {
  const server = await startOpenAiWireServer(behaviour);
  onTestFinished(() => server.close());
  const provider = openaiProvider({ apiKey: "sk-test-0123456789abcdef", baseURL: server.baseURL });
  const targets = [{ provider, price: { inputUsd: 1, outputUsd: 5 } }];
  return { ...gatewayWithModels({ targets, ...options }), server };
}
