import type { CallGuard } from "./call-guard.js";
import { createClientError } from "./client-error.js";
import type { AiClientOptions, RequestHeaders } from "./create-ai-client.js";

/** One request to a gateway. */
export interface GatewayRequest {
  readonly method: "POST" | "GET" | "DELETE";
  /** Below `baseUrl`. */
  readonly path: string;
  /** They win over the application's own. */
  readonly headers?: RequestHeaders | undefined;
  readonly body?: string | undefined;
}

/** Sends a request with the headers and credentials of the application. @throws whatever `fetch` does, `headers_failed` */
export async function sendRequest(
  options: AiClientOptions,
  { method, path, headers: own = {}, body }: GatewayRequest,
  guard: CallGuard,
): Promise<Response> {
  const { baseUrl = "/api/ai", credentials = "same-origin", fetch = globalThis.fetch } = options;
  const headers = new Headers(await guard.wait(headersOf(options)));
  for (const [name, value] of Object.entries(own)) headers.set(name, value);
  return guard.wait(
    fetch(`${baseUrl.replace(/\/+$/, "")}/${path}`, {
      method,
      headers,
      credentials,
      signal: guard.signal,
      ...(body !== undefined && { body }),
      // The page may be gone before the server has heard of a stop.
      ...(method === "DELETE" && { keepalive: true }),
    }),
  );
}

async function headersOf({ headers }: AiClientOptions): Promise<RequestHeaders | undefined> {
  if (typeof headers !== "function") return headers;
  try {
    return await headers();
  } catch (cause) {
    throw createClientError({ code: "headers_failed", cause });
  }
}
