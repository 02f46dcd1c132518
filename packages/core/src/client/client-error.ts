import type { ErrorCode, InputIssue } from "../errors/error-table.js";

/** The only text a user reads for a failure that is not theirs. */
export const unavailableMessage = "AI is unavailable, please try again.";

/**
 * Failures that the client finds by itself:
 * `network` (no connection, or it broke), `timeout` (nothing arrived for `timeoutMs`), `aborted` (the caller's signal),
 * `stream_cut` (the stream ended before the reply had), `stream_gone` (an answer that was left running can't be taken up
 * again: the server does not have it), `malformed_reply` (not what a gateway answers),
 * `headers_failed` (the `headers` function threw), `http_error` (an error without a code, from a proxy or a foreign server).
 */
export type ClientErrorCode =
  | "network"
  | "timeout"
  | "aborted"
  | "stream_cut"
  | "stream_gone"
  | "malformed_reply"
  | "headers_failed"
  | "http_error";

/** What every call of the client rejects with. Recognise it with {@link isClientError}. */
export interface ClientError extends Error {
  readonly name: "ClientError";
  /** The gateway's code, or one of the client's own. */
  readonly code: ErrorCode | ClientErrorCode | (string & {});
  /** Friendly and safe to show. */
  readonly message: string;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** Names the call in the server's log. */
  readonly requestId?: string | undefined;
  /** HTTP status, when there was a reply. */
  readonly status?: number | undefined;
  /** What is wrong with the input, for `invalid_input`. */
  readonly issues?: readonly InputIssue[] | undefined;
  /** How long the server asks to wait, milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** What a {@link ClientError} is made from. */
export interface ClientErrorFields extends Partial<Omit<ClientError, "name" | "stack" | "code">> {
  readonly code: ClientError["code"];
}

/** Makes a {@link ClientError}. @default message {@link unavailableMessage}, retryable */
export function createClientError({
  message = unavailableMessage,
  cause,
  ...fields
}: ClientErrorFields): ClientError {
  return Object.assign(new Error(message), {
    name: "ClientError",
    retryable: true,
    ...fields,
    cause,
  } as const);
}

/** Whether `error` comes from a call of the client. */
export function isClientError(error: unknown): error is ClientError {
  return error instanceof Error && error.name === "ClientError";
}

/** The error itself when a call of the client made it; else it is the connection's. */
export function asClientError(cause: unknown): ClientError {
  return isClientError(cause) ? cause : createClientError({ code: "network", cause });
}
