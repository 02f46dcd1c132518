import { GatewayError } from "../errors/gateway-error.js";

/** A vendor's answer that is not a reply. */
export interface ProviderHttpFailure {
  /** HTTP status; absent when there was no answer. */
  readonly status?: number | undefined;
  /** Headers of the answer, for its `Retry-After`. */
  readonly headers?: Headers | undefined;
  /** What was thrown. Never shown to a caller: vendors quote the request in their messages. */
  readonly cause?: unknown;
}

/** The error that a vendor's HTTP status stands for, for providers that speak HTTP. */
export function providerHttpError({ status, headers, cause }: ProviderHttpFailure): GatewayError {
  const options = { cause };
  if (status === 429) {
    return new GatewayError("provider_rate_limited", "The provider limits requests (429).", {
      ...options,
      details: { retryAfterMs: retryAfterMs(headers) },
    });
  }
  if (status === 401 || status === 402 || status === 403) {
    const message = `The provider refuses the credential (${status}).`;
    return new GatewayError("provider_unauthorized", message, options);
  }
  if (status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 409) {
    return new GatewayError("provider_rejected", `The provider refuses the request (${status}).`, options);
  }
  const detail = status === undefined ? "" : ` (${status})`;
  const message = `The provider can't be reached or failed${detail}.`;
  return new GatewayError("provider_unavailable", message, options);
}

/** Retry-After in milliseconds: `retry-after-ms`, seconds, or an HTTP date. */
function retryAfterMs(headers: Headers | undefined): number | undefined {
  const milliseconds = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (isWait(milliseconds)) return milliseconds;
  const value = headers?.get("retry-after") ?? "";
  const seconds = Number(value);
  if (value !== "" && !Number.isNaN(seconds)) return isWait(seconds) ? seconds * 1000 : undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

const isWait = (value: number) => Number.isFinite(value) && value >= 0;
