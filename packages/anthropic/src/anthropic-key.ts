import { apiKeyProblem } from "@levqor/core";

/** What is wrong with the shape of an Anthropic key (`sk-ant-` and letters, digits, `_`, `-`), or nothing. Never quotes the key. */
export const anthropicKeyProblem = (
  apiKey: string | undefined,
  baseURL: string | undefined,
): string | undefined => apiKeyProblem({ apiKey, baseURL, shapeProblem });

const shapeProblem = (apiKey: string) =>
  /^sk-ant-[\w-]{16,}$/.test(apiKey) ? undefined : "does not look like an Anthropic key (sk-ant-…)";
