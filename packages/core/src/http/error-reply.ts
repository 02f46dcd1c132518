import { type ErrorCode, type ErrorEntry, errorTable, temporaryIssue } from "../errors/error-table.js";
import { type GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { HttpReply } from "./exchange.js";
import { jsonReply } from "./json-reply.js";
import { comeBack, refusalHeaders } from "./rate-limit-headers.js";

/** What may be said about a failure to the one who asked. */
export interface PublicFailure extends ErrorEntry {
  readonly code: ErrorCode;
  /** The error's own words, or the one sentence for everything internal. */
  readonly message: string;
}

/** Looks an error up in the error table; whatever is not in it is `internal`. */
export function publicFailure(error: unknown): PublicFailure {
  // Object.hasOwn: another version of the package may throw a code that this table does not have.
  const code = isGatewayError(error) && Object.hasOwn(errorTable, error.code) ? error.code : "internal";
  const entry: ErrorEntry = errorTable[code];
  const message = entry.exposed && isGatewayError(error) ? error.message : temporaryIssue;
  return { ...entry, code, message };
}

/** The one place where a failure becomes an HTTP reply. */
export function errorReply(error: unknown, requestId: string): HttpReply {
  const { status, code, message } = publicFailure(error);
  const body = { success: false, error: message, code, request_id: requestId };
  return jsonReply(requestId, {
    status,
    body: isGatewayError(error, "invalid_input") ? { ...body, issues: error.details.issues } : body,
    headers: isGatewayError(error) ? headersOf(error) : {},
  });
}

function headersOf(error: GatewayError): Record<string, string> {
  if (isGatewayError(error, "rate_limited")) return refusalHeaders(error.details);
  // No RateLimit-Policy here: it would have to name the amount, which is not the caller's business.
  if (isGatewayError(error, "budget_exceeded")) return comeBack('"budget"', error.details.retryAfterMs);
  if (isGatewayError(error, "provider_rate_limited")) return comeBackToProvider(error.details.retryAfterMs);
  if (isGatewayError(error, "method_not_allowed")) return { allow: error.details.allow.join(", ") };
  // Which credentials `identify` takes is not known here; of the registered schemes only this one makes no browser ask.
  if (isGatewayError(error, "unauthenticated")) return { "www-authenticate": "Bearer" };
  // What is left of the body is not read, so the connection can't be used again.
  if (isGatewayError(error, "payload_too_large")) return { connection: "close" };
  return {};
}

/** A provider may ask for any time; longer than this nobody is sent away. */
const longestWaitMs = 3_600_000;

const comeBackToProvider = (retryAfterMs: number | undefined) =>
  retryAfterMs === undefined ? {} : comeBack('"provider"', Math.min(retryAfterMs, longestWaitMs));
