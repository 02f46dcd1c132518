/**
 * What is wrong with the shape of a key, or nothing. Only OpenAI's own address has a shape to check
 * (`sk-` and letters, digits, `_`, `-`); a compatible server takes any key, or none. Never quotes the key.
 */
export function openAiKeyProblem(
  apiKey: string | undefined,
  baseURL: string | undefined,
): string | undefined {
  if (apiKey === undefined) return baseURL === undefined ? "is missing" : undefined;
  if (!isBare(apiKey)) return 'must not be empty or hold white space, quotes or "Bearer"';
  if (baseURL !== undefined) return undefined;
  if (apiKey.startsWith("sk-ant-")) return "is a key of Anthropic (sk-ant-…): give it to anthropicProvider()";
  return /^sk-[\w-]{16,}$/.test(apiKey) ? undefined : "does not look like an OpenAI key (sk-…)";
}

/** One or more visible ASCII characters, none of them a quote. */
const isBare = (apiKey: string) => /^[\x21-\x7e]+$/.test(apiKey) && !/["'`]/.test(apiKey);
