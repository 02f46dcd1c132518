import type { ExchangeBody, HttpExchange, Identify } from "@levqor/core/http";
import type { Request } from "express";
import { readBody } from "./read-body.js";

/** Turns an Express request into what the gateway's HTTP handler takes. */
export function toExchange(
  request: Request,
  about: {
    readonly identify: Identify<Request>;
    readonly ip: string | undefined;
    readonly signal: AbortSignal;
  },
): HttpExchange {
  const { identify, ip, signal } = about;
  return {
    method: request.method,
    path: request.path,
    headers: singleHeaders(request),
    body: bodyOf(request),
    ip,
    signal,
    identify: (context) => identify(request, context),
  };
}

/** Lists (only `set-cookie` in practice) are joined as in HTTP. */
function singleHeaders(request: Request): Record<string, string | undefined> {
  const { headers } = request;
  if (hasSingleValues(headers)) return headers;
  const entries = Object.entries(headers);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

const hasSingleValues = (headers: Request["headers"]): headers is Record<string, string | undefined> =>
  !Object.values(headers).some(Array.isArray);

/**
 * Body parsers of Express 4 leave `{}` for a body they did not read, so it is not `request.body` that tells whether
 * one has run, but whether the request has been read.
 */
function bodyOf(request: Request): ExchangeBody {
  if (!request.readableDidRead) return { kind: "reader", read: (maxBytes) => readBody(request, maxBytes) };
  const value: unknown = request.body;
  if (value instanceof Uint8Array) return readAlready(value);
  if (typeof value === "string") return readAlready(new TextEncoder().encode(value));
  return { kind: "parsed", value };
}

const readAlready = (bytes: Uint8Array): ExchangeBody => ({
  kind: "reader",
  read: async (maxBytes) => (bytes.byteLength > maxBytes ? undefined : bytes),
});
