import { providerSdkError } from "./provider-sdk-error.js";

/** Codes of an error that say more than its status, or that stand in a stream, where there is no status. */
const statusOfCode: ReadonlyMap<unknown, number> = new Map([
  ["insufficient_quota", 402],
  ["billing_not_active", 402],
  ["model_not_found", 404], // 403 when the account may not use it: the key is alive
  ["invalid_api_key", 401],
  ["rate_limit_exceeded", 429],
  ["context_length_exceeded", 400],
]);

/** The typed error for what the official SDK throws. */
export const toProviderError = (error: unknown, signal: AbortSignal): unknown =>
  providerSdkError(error, signal, {
    statusOf: ({ code, status }) =>
      statusOfCode.get(code) ?? (typeof status === "number" ? status : undefined),
    isFiltered: ({ code }) => code === "content_filter",
    baseURLAdvice: "it often ends in /v1",
  });
