import { GatewayError, isGatewayError, providerHttpError } from "@levqor/core";

/** The status that an error's type stands for: an error inside a stream has a type only. */
const statusOfType: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

/**
 * Classes what the official SDK throws by its public fields, not by `instanceof`: an application may have two copies.
 * The original stays the `cause`; its text is never repeated, because it may quote the request.
 */
export function toProviderError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (isGatewayError(error)) return error;
  if (error instanceof SyntaxError) {
    return new GatewayError("provider_malformed", "The provider's reply can't be parsed."); // its message quotes the reply
  }
  if (error instanceof TypeError) {
    // The SDK wraps what fails before there is an answer; bare, fetch says that the body broke off.
    return new GatewayError("provider_cut", "The connection broke in the middle of the reply.", {
      cause: error,
    });
  }
  const { status, type, headers } = Object(error) as { status?: unknown; type?: unknown; headers?: Headers };
  const known =
    typeof type === "string" && Object.hasOwn(statusOfType, type) ? statusOfType[type] : undefined;
  return providerHttpError({ status: typeof status === "number" ? status : known, headers, cause: error });
}
