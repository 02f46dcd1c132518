/** Names that OpenTelemetry's `gen_ai.provider.name` gives to what the AI SDK calls otherwise. */
const knownNames: readonly (readonly [prefix: string, name: string])[] = [
  ["amazon-bedrock", "aws.bedrock"],
  ["bedrock", "aws.bedrock"],
  ["azure", "azure.ai.openai"],
  ["google.generative-ai", "gcp.gemini"],
  ["google.vertex", "gcp.vertex_ai"],
  ["google-vertex", "gcp.vertex_ai"],
  ["vertex", "gcp.vertex_ai"],
  ["mistral", "mistral_ai"],
  ["xai", "x_ai"],
];

/** The vendor's name for telemetry: `openai` of a model whose `provider` is `openai.chat`. */
export function providerName(provider: string): string {
  const known = knownNames.find(([prefix]) => provider === prefix || /^[.-]/.test(rest(provider, prefix)));
  return known?.[1] ?? provider.replace(/\..*$/s, "");
}

const rest = (provider: string, prefix: string) =>
  provider.startsWith(prefix) ? provider.slice(prefix.length) : "";
