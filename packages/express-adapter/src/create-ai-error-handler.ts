import { type Clock, GatewayError, systemClock } from "@levqor/core";
import { errorReply, requestIdOf } from "@levqor/core/http";
import type { ErrorRequestHandler } from "express";
import { sendReply } from "./send-reply.js";

/** Options of {@link createAiErrorHandler}. */
export interface AiErrorHandlerOptions {
  /** @default systemClock */
  readonly clock?: Clock | undefined;
}

/**
 * Answers what `express.json()` refuses before the gateway sees it (malformed JSON, a body over its limit, broken gzip) as
 * the gateway would. Only needed where a body parser runs before the router; other errors are passed on.
 *
 * @example
 * app.use(express.json());
 * app.use("/api/ai", createAiRouter(gateway, { identify }), createAiErrorHandler());
 */
export function createAiErrorHandler({
  clock = systemClock,
}: AiErrorHandlerOptions = {}): ErrorRequestHandler {
  return function answerRefusedBody(error, request, response, next) {
    const failure = toGatewayError(error);
    if (failure === undefined || response.headersSent) return next(error);
    const requestId = requestIdOf({ "x-request-id": request.get("x-request-id") });
    sendReply(response, errorReply(failure, requestId), { clock, stallMs: 0 }).catch(next);
  };
}

/** body-parser names its refusals in `type`, and passes zlib's on. What it keeps of the body on them goes no further. */
function toGatewayError(error: unknown): GatewayError | undefined {
  const { type, limit, code, status } = (error ?? {}) as Readonly<Record<string, unknown>>;
  switch (type) {
    case "entity.parse.failed":
      return new GatewayError("invalid_json", "The body is not valid JSON.");
    case "entity.verify.failed":
      return new GatewayError("forbidden", "The body was refused.");
    case "entity.too.large": {
      const message = `The body is larger than the limit of ${Number(limit)} bytes.`;
      return new GatewayError("payload_too_large", message, { details: { limitBytes: Number(limit) } });
    }
    case "encoding.unsupported":
    case "charset.unsupported":
      return new GatewayError(
        "unsupported_media_type",
        "Send the body as JSON in UTF-8, without content-encoding.",
      );
    case "request.aborted":
      return new GatewayError("aborted", "The request ended before its body was complete.");
    case "request.size.invalid":
      return new GatewayError("invalid_request", "The body is not as long as its Content-Length says.");
  }
  return status === 400 && /^(Z_|ERR__ERROR_FORMAT_)/.test(String(code))
    ? new GatewayError("invalid_request", "The body does not match its content-encoding.")
    : undefined;
}
