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

/**
 * The error that a vendor's HTTP status stands for, for providers that speak HTTP. Its message is for operators: what
 * to look at, never a word of the vendor's.
 */
export function providerHttpError({ status, headers, cause }: ProviderHttpFailure): GatewayError {
  const message = messageFor(status);
  if (status === 429) {
    return new GatewayError("provider_rate_limited", message, {
      cause,
      details: { retryAfterMs: retryAfterMs(headers) },
    });
  }
  return new GatewayError(codeFor(status), message, { cause });
}

function codeFor(status: number | undefined) {
  if (status === 401 || status === 402 || status === 403) return "provider_unauthorized";
  const isRefusal = status !== undefined && status >= 400 && status < 500;
  return isRefusal && status !== 408 && status !== 409 ? "provider_rejected" : "provider_unavailable";
}

/** Written to be read after the name of a target and a colon. */
function messageFor(status: number | undefined): string {
  switch (status) {
    case undefined:
      return "The provider can't be reached: check baseURL and the network.";
    case 401:
      return "The provider refuses the key (401): check the provider's apiKey.";
    case 402: // also for codes that come with another status
      return "The provider's account has no credit or quota left: check its billing.";
    case 403:
      return "The provider forbids the request (403): check what the key, its account and its region may use.";
    case 404:
    case 405:
      return `The provider does not know the model or the address (${status}): check the target's model and the provider's baseURL.`;
    case 413:
      return "The request is too large for the provider (413): make the prompt shorter.";
    case 429:
      return "The provider limits requests (429): raise the account's limits or add a target.";
    default:
      return codeFor(status) === "provider_rejected"
        ? `The provider refuses the request (${status}): check that the model takes its parameters and its length.`
        : `The provider, or a proxy before it, failed (${status}): see the provider's status page.`;
  }
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
