/**
 * What is wrong with the shape of a key, or nothing. Only OpenAI's own address has a shape to check
 * (`sk-` and letters, digits, `_`, `-`); a compatible server takes any key, or none. Never quotes the key.
 */
export function openAiKeyProblem(
  apiKey: string | undefined,
  baseURL: string | undefined,
): string | undefined {
  if (apiKey === undefined) return baseURL === undefined ? "is missing" : undefined;
  if (apiKey === "" || /\s/.test(apiKey)) return "must not be empty or hold white space";
  if (baseURL === undefined && !/^sk-[\w-]{16,}$/.test(apiKey))
    return "does not look like an OpenAI key (sk-…)";
  return undefined;
}
