import { GatewayError, isGatewayError } from "../errors/gateway-error.js";

/**
 * Classes what the official SDK throws by its public fields, not by `instanceof`: an application may have two copies.
 * The original stays the `cause`; its text is never repeated, because providers quote the request in it.
 */
export function toProviderError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (isGatewayError(error)) return error;
  const { status, code, headers } = Object(error) as { status?: unknown; code?: unknown; headers?: Headers };
  const options = { cause: error };
  if (status === 429 && code !== "insufficient_quota") {
    return new GatewayError("provider_rate_limited", "The provider limits requests (429).", {
      ...options,
      details: { retryAfterMs: retryAfterMs(headers) },
    });
  }
  if (status === 401 || status === 402 || status === 403 || status === 429) {
    return new GatewayError(
      "provider_unauthorized",
      `The provider refuses the credential (${status}).`,
      options,
    );
  }
  if (typeof status === "number" && status >= 400 && status < 500 && status !== 408 && status !== 409) {
    return new GatewayError("provider_rejected", `The provider refuses the request (${status}).`, options);
  }
  if (error instanceof SyntaxError) {
    return new GatewayError("provider_malformed", "The provider's reply can't be parsed."); // its message quotes the reply
  }
  const detail = typeof status === "number" ? ` (${status})` : "";
  return new GatewayError(
    "provider_unavailable",
    `The provider can't be reached or failed${detail}.`,
    options,
  );
}

/** Retry-After in milliseconds: `retry-after-ms`, seconds, or an HTTP date. */
function retryAfterMs(headers: Headers | undefined): number | undefined {
  const milliseconds = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (milliseconds >= 0) return milliseconds;
  const value = headers?.get("retry-after") ?? "";
  const seconds = Number(value);
  if (value !== "" && seconds >= 0) return seconds * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
