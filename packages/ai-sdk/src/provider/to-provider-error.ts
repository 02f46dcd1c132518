import { GatewayError, isGatewayError, providerHttpError, statusOfVendorCode } from "@levqor/core";

/** The public fields of what a model throws, or puts into its stream as an error. */
interface Thrown {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly responseHeaders?: Record<string, string> | undefined;
  readonly cause?: unknown;
  /** The vendor's own error, parsed. */
  readonly data?: unknown;
}

type PlainCode = "provider_malformed" | "provider_cut" | "provider_unauthorized" | "provider_rejected";

/** What the AI SDK's errors without a status mean, by name: names are the same in all its versions. */
const codeOfName: ReadonlyMap<unknown, PlainCode> = new Map([
  ["SyntaxError", "provider_malformed"],
  ["AI_JSONParseError", "provider_malformed"],
  ["AI_TypeValidationError", "provider_malformed"],
  ["AI_InvalidResponseDataError", "provider_malformed"],
  ["AI_EmptyResponseBodyError", "provider_malformed"],
  ["AI_NoContentGeneratedError", "provider_malformed"],
  ["TypeError", "provider_cut"], // bare, fetch says so that the body broke off
  ["AI_LoadAPIKeyError", "provider_unauthorized"],
  ["AI_LoadSettingError", "provider_rejected"],
  ["AI_NoSuchModelError", "provider_rejected"],
  ["AI_InvalidArgumentError", "provider_rejected"],
  ["AI_InvalidPromptError", "provider_rejected"],
  ["AI_UnsupportedFunctionalityError", "provider_rejected"],
  ["AI_TooManyEmbeddingValuesForCallError", "provider_rejected"],
]);

/** For operators, to be read after the name of a target and a colon. */
const messages: Readonly<Record<PlainCode, string>> = {
  provider_malformed: "The provider's reply can't be read: check the baseURL of the AI SDK model.",
  provider_cut: "The connection broke in the middle of the reply.",
  provider_unauthorized: "The AI SDK model has no key: give it one.",
  provider_rejected: "The AI SDK model refuses the request: see the cause.",
};

/** A type of an error stands here too: some vendors have no codes. */
const statusOfCode: ReadonlyMap<unknown, number> = new Map([
  ...statusOfVendorCode,
  ["rate_limit_error", 429],
]);

/**
 * The typed error for what an AI SDK model throws or streams. Read by public fields, not by `instanceof`: an application
 * has many copies of the AI SDK. The original is the `cause`; its text is never repeated, because it quotes the reply.
 */
export function toProviderError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (isGatewayError(error)) return error;
  const thrown: Thrown = Object(error);
  if (thrown.code === "ERR_INVALID_URL" || (Object(thrown.cause) as Thrown).code === "ERR_INVALID_URL") {
    return new GatewayError("provider_rejected", "The baseURL of the AI SDK model is not a URL: correct it."); // the cause quotes it
  }
  const code = codeOfName.get(thrown.name);
  if (code !== undefined) return plain(code, error);
  const vendorCode = vendorCodeOf(thrown);
  if (vendorCode === "content_filter") {
    const message = "The provider's content filter refuses the prompt.";
    return new GatewayError("provider_filtered", message, { cause: error });
  }
  const { statusCode, responseHeaders } = thrown;
  const status = statusOfCode.get(vendorCode) ?? (typeof statusCode === "number" ? statusCode : undefined);
  if (status !== undefined && status < 300) return plain(codeOfBrokenReply(thrown), error);
  if (status === undefined && !(error instanceof Error)) {
    const message = "The provider reports a failure in the middle of its reply: see its status page.";
    return new GatewayError("provider_unavailable", message, { cause: error });
  }
  return providerHttpError({ status, headers: new Headers(responseHeaders), cause: error });
}

const plain = (code: PlainCode, cause: unknown) => new GatewayError(code, messages[code], { cause });

/** The vendor said yes, and then? Its reply was read to the end and makes no sense, or it broke off. */
function codeOfBrokenReply({ cause }: Thrown): PlainCode {
  const { name } = Object(cause) as Thrown;
  return codeOfName.get(name) === "provider_malformed" ? "provider_malformed" : "provider_cut";
}

/** `{ error: { code, type } }` of an HTTP error, or the same within a stream, with or without the outer object. */
function vendorCodeOf(thrown: Thrown): unknown {
  const said = Object(thrown.data ?? thrown) as { readonly error?: unknown };
  const { code, type } = Object(said.error ?? said) as { readonly code?: unknown; readonly type?: unknown };
  return statusOfCode.has(code) || code === "content_filter" ? code : type;
}
