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
 * Answers what `express.json()` refuses before the gateway sees it (malformed JSON, a body over its limit) as the
 * gateway would. Only needed where a body parser runs before the router; other errors are passed on.
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

/** body-parser names its refusals in `type`. */
function toGatewayError(error: unknown): GatewayError | undefined {
  const { type, limit } = (error ?? {}) as { readonly type?: unknown; readonly limit?: unknown };
  switch (type) {
    case "entity.parse.failed":
      return new GatewayError("invalid_json", "The body is not valid JSON.");
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
    default:
      return undefined;
  }
}
