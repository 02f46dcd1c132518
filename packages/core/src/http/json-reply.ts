import type { HttpReply } from "./exchange.js";

/** A JSON reply under a request id; never cached, never taken for another type. */
export function jsonReply(
  requestId: string,
  {
    status,
    body,
    headers = {},
  }: { status: number; body: object; headers?: Readonly<Record<string, string>> },
): HttpReply {
  return {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": requestId,
      ...headers,
    },
    body: JSON.stringify(body),
  };
}
