import { type Clock, systemClock } from "../clock.js";
import { GatewayError } from "../errors/gateway-error.js";
import { invalidConfig } from "../errors/invalid-config.js";
import type { AiGateway } from "../gateway.js";
import { adapterProblems } from "./adapter-problems.js";
import { createHttpHandler, type HttpHandlerOptions } from "./create-http-handler.js";
import type { HttpReply } from "./exchange.js";
import type { Identify } from "./identity/identify.js";
import { clientAddressReader, type TrustedProxies } from "./ip/client-address-reader.js";

/** How fetch-style requests are answered. */
export interface FetchHandlerOptions extends HttpHandlerOptions {
  /** Tells who asks, from the host's own authentication; nothing means an anonymous visitor. */
  readonly identify: Identify<Request>;
  /** Where the endpoints are mounted, for example `/api/ai`. @default "" */
  readonly basePath?: string | undefined;
  /**
   * The proxies in front of the server, whose `X-Forwarded-For` tells the client's address; a `Forwarded` header is
   * not read.
   *
   * @default 0: the header counts for nothing
   */
  readonly trustedProxies?: TrustedProxies | undefined;
  /**
   * Address of a request's connection, where the runtime tells it: `(request) => server.requestIP(request)?.address`.
   *
   * @default not known: without `trustedProxies` there are no limits by address, and `ipReputation` is not asked
   */
  readonly remoteAddress?: ((request: Request) => string | undefined) | undefined;
  /** How long a reader may leave a part of a stream unasked for before it is cut off, milliseconds. @default 30_000 */
  readonly stallMs?: number | undefined;
}

/**
 * Serves a gateway's tasks on any server that speaks `Request` and `Response`: Next.js routes, Hono, Deno, Bun, edge
 * runtimes.
 *
 * @throws `invalid_config` when `identify` is missing or an option makes no sense.
 * @example
 * const handle = createFetchHandler(gateway, { basePath: "/api/ai", identify: (request) => readSession(request) });
 * export { handle as POST, handle as GET, handle as DELETE }; // one handler: it holds the streams to resume and stop
 */
export function createFetchHandler(
  gateway: AiGateway,
  options: FetchHandlerOptions,
): (request: Request) => Promise<Response> {
  const { identify, basePath = "", stallMs = 30_000, trustedProxies = 0, ...others } = options ?? {};
  const { remoteAddress = () => undefined, ...handlerOptions } = others;
  const { clock = systemClock } = handlerOptions;
  const problems = [
    ...adapterProblems({ identify, stallMs }),
    ...(typeof remoteAddress === "function" ? [] : ["remoteAddress: must be a function"]),
  ];
  if (problems.length > 0) throw invalidConfig("createFetchHandler", problems);
  const base = basePath.replace(/\/+$/, "");
  const addressOf = clientAddressReader("createFetchHandler", trustedProxies);
  const handle = createHttpHandler(gateway, handlerOptions);

  return async function handleRequest(request) {
    const { pathname } = new URL(request.url);
    const stopped = new AbortController();
    const headers = Object.fromEntries(request.headers);
    const reply = await handle({
      method: request.method,
      path: pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : "",
      headers,
      body: { kind: "stream", chunks: chunksOf(request.body) },
      ip: addressOf({ remoteAddress: remoteAddress(request), forwardedFor: headers["x-forwarded-for"] }),
      signal: AbortSignal.any([request.signal, stopped.signal]),
      identify: (context) => identify(request, context),
    });
    const stop = () => stopped.abort(new GatewayError("aborted", "The client stopped reading."));
    return toResponse(reply, { method: request.method, stop, stallMs, clock });
  };
}

/** How a reply is sent. */
interface Sending {
  readonly method: string;
  readonly stallMs: number;
  readonly clock: Clock;
  /** Aborts the call. */
  stop(): void;
}

function toResponse({ status, headers, body }: HttpReply, sending: Sending): Response {
  const init = { status, headers: { ...headers } };
  if (typeof body !== "string") return new Response(toStream(body, sending), init);
  return new Response(sending.method === "HEAD" || status === 204 ? null : body, init);
}

/** Asks for a part only when the reader wants one; a reader that leaves, or wants none for too long, aborts the call. */
function toStream(
  body: AsyncIterable<string>,
  { stop, stallMs, clock }: Sending,
): ReadableStream<Uint8Array> {
  const parts = body[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let cancelTimer = () => {};
  const leave = () => {
    stop();
    void parts.return?.();
  };
  const awaitReader = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const cutOff = () => {
      controller.error(new GatewayError("aborted", "The client did not read on."));
      leave();
    };
    cancelTimer = clock.setTimer(stallMs, cutOff, { background: true });
  };
  return new ReadableStream(
    {
      start: awaitReader,
      async pull(controller) {
        cancelTimer();
        const next = await parts.next();
        if (next.done === true) return controller.close();
        controller.enqueue(encoder.encode(next.value));
        awaitReader(controller);
      },
      cancel() {
        cancelTimer();
        leave();
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
