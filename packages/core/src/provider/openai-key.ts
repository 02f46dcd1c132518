import { apiKeyProblem } from "./api-key-problem.js";

/** What is wrong with the shape of an OpenAI key (`sk-` and letters, digits, `_`, `-`), or nothing. Never quotes the key. */
export const openAiKeyProblem = (
  apiKey: string | undefined,
  baseURL: string | undefined,
): string | undefined => apiKeyProblem({ apiKey, baseURL, shapeProblem });

function shapeProblem(apiKey: string): string | undefined {
  if (apiKey.startsWith("sk-ant-")) return "is a key of Anthropic (sk-ant-…): give it to anthropicProvider()";
  return /^sk-[\w-]{16,}$/.test(apiKey) ? undefined : "does not look like an OpenAI key (sk-…)";
}
