import { GatewayError, type Logger } from "@levqor/core";
import { errorReply } from "@levqor/core/http";
import type { ErrorRequestHandler, RequestHandler } from "express";
import { requestIdFrom } from "./request-id.js";

/** Refuses what no route took. */
export function notFound(): RequestHandler {
  return () => {
    throw new GatewayError("not_found", "There is nothing at this address.");
  };
}

/**
 * Answers what the server's own routes throw as the gateway answers its own failures: same shape, nothing internal.
 * The log has the rest, under the same request id.
 */
export function errorResponse(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const id = requestIdFrom(request);
    const reply = errorReply(error, id);
    if (reply.status >= 500) {
      logger.error(
        { request_id: id, stack: error instanceof Error ? error.stack : undefined },
        "request failed",
      );
    }
    response.status(reply.status).set(reply.headers).send(reply.body);
  };
}
