import { GatewayError } from "../errors/gateway-error.js";

/** What a provider throws for an HTTP status, by the rules of the provider contract. */
export function statusError(status: number, retryAfterMs?: number): GatewayError {
  if (status === 429)
    return new GatewayError("provider_rate_limited", "The provider limits requests (429).", {
      details: { retryAfterMs },
    });
  if (deadCredential.includes(status))
    return new GatewayError("provider_unauthorized", `The provider refuses the credential (${status}).`);
  if (status < 500 && !passing.includes(status))
    return new GatewayError("provider_rejected", `The provider refuses the request (${status}).`);
  return new GatewayError("provider_unavailable", `The provider failed (${status}).`);
}

const deadCredential: readonly number[] = [401, 402, 403];
/** Timeout and conflict: the same request may pass later. */
const passing: readonly number[] = [408, 409];
