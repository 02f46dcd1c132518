import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import { providerHttpError } from "./provider-http-error.js";

/** The public fields of what an official SDK throws for an answer that is not a reply. */
export interface SdkError {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly type?: unknown;
  readonly headers?: Headers | undefined;
}

/** What a vendor's own codes say. */
export interface SdkErrorReading {
  /** The HTTP status that the codes stand for; absent when they say nothing. */
  statusOf(error: SdkError): number | undefined;
  /** Whether the vendor's content filter refuses the prompt. @default no */
  isFiltered?(error: SdkError): boolean;
}

/**
 * Classes what a vendor's official SDK throws by its public fields, not by `instanceof`: an application may have two
 * copies. The original stays the `cause`; its text is never repeated, because providers quote the request in it.
 */
export function providerSdkError(error: unknown, signal: AbortSignal, reading: SdkErrorReading): unknown {
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
  const thrown: SdkError = Object(error);
  if (reading.isFiltered?.(thrown)) {
    const message = "The provider's content filter refuses the prompt.";
    return new GatewayError("provider_filtered", message, { cause: error });
  }
  return providerHttpError({ status: reading.statusOf(thrown), headers: thrown.headers, cause: error });
}
