import type { InputIssue } from "../errors/error-table.js";
import { type ClientError, createClientError, unavailableMessage } from "./client-error.js";
import type { JsonRecord } from "./json-record.js";

/** What is known about a failed reply. */
export interface FailedReply {
  /** The error body, or the data of an error event; empty when it could not be read. */
  readonly body: JsonRecord;
  /** @default 500: an error inside a stream is not the caller's, unless it says so */
  readonly status?: number | undefined;
  /** `Retry-After`: seconds or a date. */
  readonly retryAfter?: string | null | undefined;
  /** `X-Request-Id`, for replies whose body names none. */
  readonly requestId?: string | null | undefined;
}

/**
 * The server's failure as an error to show: its own words when they are written for the caller (4xx, and an operator's
 * notice about a switched-off feature), else the friendly message.
 */
export function errorFromReply({ body, status = 500, retryAfter, requestId }: FailedReply): ClientError {
  const { code = "http_error", error, retryable = status === 408 || status === 429 || status >= 500 } = body;
  const shown = (status < 500 || code === "switched_off") && typeof error === "string" && error !== "";
  return createClientError({
    code: String(code),
    message: shown ? error : unavailableMessage,
    retryable: retryable === true,
    status,
    requestId: textOf(body["request_id"]) ?? requestId ?? undefined,
    issues: Array.isArray(body["issues"]) ? (body["issues"] as readonly InputIssue[]) : undefined,
    retryAfterMs: waitOf(retryAfter),
  });
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

function waitOf(retryAfter: string | null | undefined): number | undefined {
  if (!retryAfter) return undefined;
  const seconds = Number(retryAfter);
  const waitMs = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1000;
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}
