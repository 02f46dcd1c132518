import { providerSdkError } from "@levqor/core";

/** The status that an error's type stands for: an error inside a stream has a type only. */
const statusOfType: ReadonlyMap<unknown, number> = new Map([
  ["invalid_request_error", 400],
  ["authentication_error", 401],
  ["billing_error", 402],
  ["permission_error", 403],
  ["not_found_error", 404],
  ["request_too_large", 413],
  ["rate_limit_error", 429],
  ["api_error", 500],
  ["timeout_error", 504],
  ["overloaded_error", 529],
]);

/** The typed error for what the official SDK throws. */
export const toProviderError = (error: unknown, signal: AbortSignal): unknown =>
  providerSdkError(error, signal, {
    statusOf: ({ type, status }) => (typeof status === "number" ? status : statusOfType.get(type)),
    baseURLAdvice: "it stands without /v1",
  });
