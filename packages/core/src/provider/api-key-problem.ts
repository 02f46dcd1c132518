/** A key to be checked by its shape. */
export interface ApiKeyCheck {
  readonly apiKey: string | undefined;
  /** Where the key goes; absent for the vendor's own address. */
  readonly baseURL: string | undefined;
  /** What is wrong with the key for the vendor's own address, or nothing. */
  shapeProblem(apiKey: string): string | undefined;
}

/**
 * What is wrong with the shape of a key, or nothing. Only the vendor's own address wants a key of a certain shape; a
 * compatible server takes any key, or none. Never quotes the key.
 */
export function apiKeyProblem({ apiKey, baseURL, shapeProblem }: ApiKeyCheck): string | undefined {
  if (apiKey === undefined) return baseURL === undefined ? "is missing" : undefined;
  if (!isBare(apiKey)) return 'must not be empty or hold white space, quotes or "Bearer"';
  return baseURL === undefined ? shapeProblem(apiKey) : undefined;
}

/** One or more visible ASCII characters, none of them a quote. */
const isBare = (apiKey: string) => /^[\x21-\x7e]+$/.test(apiKey) && !/["'`]/.test(apiKey);
