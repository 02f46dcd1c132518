import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import { providerHttpError } from "./provider-http-error.js";

/** The public fields of what an official SDK throws for an answer that is not a reply. */
export interface SdkError {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly type?: unknown;
  /** What the vendor says; never repeated. */
  readonly error?: unknown;
  readonly headers?: Headers | undefined;
}

/** What a vendor's own codes say. */
export interface SdkErrorReading {
  /** The HTTP status that the codes stand for; absent when they say nothing. */
  statusOf(error: SdkError): number | undefined;
  /** Whether the vendor's content filter refuses the prompt. @default no */
  isFiltered?(error: SdkError): boolean;
  /** How this vendor's base URL should look, in words, for replies that are not the vendor's. @default nothing */
  readonly baseURLAdvice?: string | undefined;
}

/**
 * Classes what a vendor's official SDK throws by its public fields, not by `instanceof`: an application may have two
 * copies. The original stays the `cause`; its text is never repeated, because providers quote the request in it.
 */
export function providerSdkError(error: unknown, signal: AbortSignal, reading: SdkErrorReading): unknown {
  if (signal.aborted) return signal.reason;
  if (isGatewayError(error)) return error;
  if (error instanceof SyntaxError) return notJson(reading); // not the cause: its message quotes the reply
  const thrown: SdkError = Object(error);
  if (thrown.code === "ERR_INVALID_URL") {
    return new GatewayError("provider_rejected", "The provider's baseURL is not a URL: correct it."); // the cause quotes it
  }
  if (error instanceof TypeError) {
    // The SDK wraps what fails before there is an answer; bare, fetch says that the body broke off.
    return new GatewayError("provider_cut", "The connection broke in the middle of the reply.", {
      cause: error,
    });
  }
  if (reading.isFiltered?.(thrown)) {
    const message = "The provider's content filter refuses the prompt.";
    return new GatewayError("provider_filtered", message, { cause: error });
  }
  const status = reading.statusOf(thrown);
  if (status === undefined && thrown.error !== undefined) {
    const message = "The provider reports a failure in the middle of its reply: see its status page.";
    return new GatewayError("provider_unavailable", message, { cause: error });
  }
  return providerHttpError({ status, headers: thrown.headers, cause: error });
}

/** The error for a reply that something else than the vendor seems to have sent: a web page, say. */
function notJson({ baseURLAdvice }: SdkErrorReading): GatewayError {
  const advice = baseURLAdvice === undefined ? "" : `, ${baseURLAdvice}`;
  return new GatewayError("provider_malformed", `The provider's reply is not JSON: check baseURL${advice}.`);
}
