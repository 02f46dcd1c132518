import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import { providerHttpError } from "./provider-http-error.js";

/** Codes of an error that say more than its status, or that stand in a stream, where there is no status. */
const statusOfCode: Readonly<Record<string, number>> = {
  insufficient_quota: 402,
  invalid_api_key: 401,
  rate_limit_exceeded: 429,
  context_length_exceeded: 400,
};

/**
 * Classes what the official SDK throws by its public fields, not by `instanceof`: an application may have two copies.
 * The original stays the `cause`; its text is never repeated, because providers quote the request in it.
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
  const { status, code, headers } = Object(error) as { status?: unknown; code?: unknown; headers?: Headers };
  if (code === "content_filter") {
    return new GatewayError("provider_filtered", "The provider's content filter refuses the prompt.", {
      cause: error,
    });
  }
  const known =
    typeof code === "string" && Object.hasOwn(statusOfCode, code) ? statusOfCode[code] : undefined;
  return providerHttpError({
    status: known ?? (typeof status === "number" ? status : undefined),
    headers,
    cause: error,
  });
}
