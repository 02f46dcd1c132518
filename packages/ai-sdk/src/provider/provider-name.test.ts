import { expect, it } from "vitest";
import { providerName } from "./provider-name.js";

it.each([
  ["openai.chat", "openai"],
  ["openai.responses", "openai"],
  ["anthropic.messages", "anthropic"],
  ["amazon-bedrock", "aws.bedrock"],
  ["bedrock.anthropic.messages", "aws.bedrock"],
  ["azure.chat", "azure.ai.openai"],
  ["azure-openai.chat", "azure.ai.openai"],
  ["google.generative-ai", "gcp.gemini"],
  ["google.vertex.chat", "gcp.vertex_ai"],
  ["vertex.anthropic.messages", "gcp.vertex_ai"],
  ["mistral.chat", "mistral_ai"],
  ["mistralish.chat", "mistralish"],
  ["xai.responses", "x_ai"],
  ["perplexity", "perplexity"],
  ["my-house", "my-house"],
])("calls %s by the name %s", (provider, name) => expect(providerName(provider)).toBe(name));
