/**
 * What is wrong with the shape of a key, or nothing. Only Anthropic's own address has a shape to check
 * (`sk-ant-` and letters, digits, `_`, `-`); a compatible server takes any key, or none. Never quotes the key.
 */
export function anthropicKeyProblem(
  apiKey: string | undefined,
  baseURL: string | undefined,
): string | undefined {
  if (apiKey === undefined) return baseURL === undefined ? "is missing" : undefined;
  if (!isBare(apiKey)) return 'must not be empty or hold white space, quotes or "Bearer"';
  if (baseURL !== undefined || /^sk-ant-[\w-]{16,}$/.test(apiKey)) return undefined;
  return "does not look like an Anthropic key (sk-ant-…)";
}

/** One or more visible ASCII characters, none of them a quote. */
const isBare = (apiKey: string) => /^[\x21-\x7e]+$/.test(apiKey) && !/["'`]/.test(apiKey);
