import { requestIdOf } from "@levqor/core/http";
import type { Request, RequestHandler } from "express";

const header = "x-request-id";

/** Gives every request one id, for the gateway and the server's own routes alike. Answers name it. */
export function requestId(): RequestHandler {
  return (request, response, next) => {
    const id = requestIdOf({ [header]: request.get(header) });
    request.headers[header] = id;
    response.set(header, id);
    next();
  };
}

/** The id that {@link requestId} gave. */
export function requestIdFrom(request: Request): string {
  return requestIdOf({ [header]: request.get(header) });
}
