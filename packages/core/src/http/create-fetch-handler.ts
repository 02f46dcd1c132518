import { GatewayError } from "../errors/gateway-error.js";
import { invalidConfig } from "../errors/invalid-config.js";
import type { AiGateway } from "../gateway.js";
import { createHttpHandler, type HttpHandlerOptions } from "./create-http-handler.js";
import type { HttpReply } from "./exchange.js";
import type { Identify } from "./identity/identify.js";

/** How fetch-style requests are answered. */
export interface FetchHandlerOptions extends HttpHandlerOptions {
  /** Tells who asks, from the host's own authentication; nothing means an anonymous visitor. */
  readonly identify: Identify<Request>;
  /** Where the endpoints are mounted, for example `/api/ai`. @default "" */
  readonly basePath?: string | undefined;
}

/**
 * Serves a gateway's tasks on any server that speaks `Request` and `Response`: Next.js routes, Hono, Deno, Bun, edge
 * runtimes.
 *
 * @throws `invalid_config` when `identify` is missing.
 * @example
 * const handle = createFetchHandler(gateway, { basePath: "/api/ai", identify: (request) => readSession(request) });
 * export { handle as POST, handle as GET, handle as DELETE }; // one handler: it holds the streams to resume and stop
 */
export function createFetchHandler(
  gateway: AiGateway,
  options: FetchHandlerOptions,
): (request: Request) => Promise<Response> {
  const { identify, basePath = "" } = options ?? {};
  if (typeof identify !== "function") {
    const problems = [
      "identify: give a function that returns the caller of a request, or undefined for a visitor",
    ];
    throw invalidConfig("createFetchHandler", problems);
  }
  const base = basePath.replace(/\/+$/, "");
  const handle = createHttpHandler(gateway, options);

  return async function handleRequest(request) {
    const { pathname } = new URL(request.url);
    const stopped = new AbortController();
    const reply = await handle({
      method: request.method,
      path: pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : "",
      headers: Object.fromEntries(request.headers),
      body: { kind: "stream", chunks: chunksOf(request.body) },
      signal: AbortSignal.any([request.signal, stopped.signal]),
      identify: (context) => identify(request, context),
    });
    return toResponse(reply, { request, stopped });
  };
}

function toResponse(
  reply: HttpReply,
  { request, stopped }: { request: Request; stopped: AbortController },
): Response {
  const { status, body } = reply;
  const headers = { ...reply.headers };
  if (typeof body !== "string") return new Response(toStream(body, stopped), { status, headers });
  return new Response(request.method === "HEAD" || status === 204 ? null : body, { status, headers });
}

/** Asks for a part only when the reader wants one; a reader that leaves aborts the call. */
function toStream(body: AsyncIterable<string>, stopped: AbortController): ReadableStream<Uint8Array> {
  const parts = body[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      async pull(controller) {
        const next = await parts.next();
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      async cancel() {
        stopped.abort(new GatewayError("aborted", "The client stopped reading."));
        await parts.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Not every runtime's ReadableStream is async iterable. */
async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array, void, void> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
