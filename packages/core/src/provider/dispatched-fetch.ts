import { type DispatchedAnswer, dispatchedResponse, readRawHeaders } from "./dispatched-response.js";
import { type DispatchHandler, type FetchDispatcher, fetchDispatcher } from "./fetch-dispatcher.js";
import { createIncomingBody, type FilledBody } from "./incoming-body.js";

/** Where a request goes, and the headers that go with it: names and values in turn. */
export interface DispatchTarget {
  readonly origin: string;
  readonly path: string;
  readonly headers: readonly string[];
}

/** What `fetch` takes, and what spares a request that is sent again and again some work. */
interface DispatchedInit extends RequestInit {
  /** Milliseconds until the head of the answer. @default no limit */
  readonly headersTimeout?: number | undefined;
  /** What {@link dispatchTarget} makes of the address and the headers. @default made anew */
  readonly target?: DispatchTarget | undefined;
}

/** A request that a dispatcher can take as it is. */
interface PlainRequest extends DispatchedInit {
  readonly headers: Headers & Iterable<[name: string, value: string]>;
  readonly body: string;
}

/**
 * `fetch` for an official SDK, at a quarter of its cost in Node: the same connections, TLS, proxies and mocks, because
 * its requests go through the same dispatcher, but without the objects of the web's standard between. Where that is
 * not possible it is the global `fetch`. An answer that has begun has no limit of time: a signal ends it, and its
 * connection.
 */
export const dispatchedFetch = (
  input: string | URL | Request,
  init: DispatchedInit = {},
): Promise<Response> => {
  if (typeof input !== "string" || !isPlainRequest(init)) return globalThis.fetch(input, init);
  const dispatcher = fetchDispatcher();
  return dispatcher ? send(dispatcher, input, init) : standardFetch(input, init);
};

/**
 * Takes apart where a request goes, and asks for an answer that is not encoded.
 *
 * @throws a `TypeError` for what is no URL
 */
export function dispatchTarget(
  url: string,
  headers: Iterable<[name: string, value: string]>,
): DispatchTarget {
  const { origin, pathname, search } = new URL(url);
  const path = pathname + search;
  return { origin, path, headers: ["accept-encoding", "identity", ...[...headers].flat()] };
}

const standardFetch = (url: string, init: PlainRequest) =>
  globalThis.fetch(url, { ...init, headers: new Headers(init.headers) });

const isPlainRequest = (init: RequestInit): init is PlainRequest =>
  typeof init.body === "string" && (init.headers instanceof Headers || init.headers instanceof Map);

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

async function send(dispatcher: FetchDispatcher, url: string, init: PlainRequest): Promise<Response> {
  const { method = "GET", body, signal, headersTimeout = 0 } = init;
  signal?.throwIfAborted();
  const { origin, path, headers } = init.target ?? dispatchTarget(url, init.headers);
  const own = [...headers]; // a dispatcher may add to them
  const request = { origin, path, method, headers: own, body, headersTimeout, bodyTimeout: 0 };
  const answer = await new Promise<DispatchedAnswer>((answered, failed) => {
    dispatcher.dispatch(request, createHandler({ signal, answered, failed }));
  });
  if (!redirects.has(answer.status)) return dispatchedResponse(url, answer);
  await answer.body.cancel();
  return standardFetch(url, init); // asks once more, and follows as the standard says
}

/** What becomes of a request. */
interface Outcome {
  readonly signal: AbortSignal | null | undefined;
  answered(answer: DispatchedAnswer): void;
  /** There will be no answer. */
  failed(error: unknown): void;
}

function createHandler({ signal, answered, failed }: Outcome): DispatchHandler {
  let abort: ((reason?: unknown) => void) | undefined;
  let filled: FilledBody | undefined;
  const fail = (error: unknown) => {
    signal?.removeEventListener("abort", onAbort);
    if (filled === undefined) failed(error);
    else filled.fail(error);
  };
  const onAbort = () => {
    fail(signal?.reason);
    abort?.(signal?.reason);
  };
  signal?.addEventListener("abort", onAbort);
  return {
    onConnect(abortRequest) {
      abort = abortRequest;
      if (signal?.aborted) abort(signal.reason);
    },
    onHeaders(status, rawHeaders, resume) {
      if (status < 200) return true;
      filled = createIncomingBody({ resume, abort: () => abort?.() });
      answered({ status, headers: readRawHeaders(rawHeaders), body: filled.body });
      return true;
    },
    onData: (chunk) => filled?.push(chunk) ?? true,
    onComplete() {
      signal?.removeEventListener("abort", onAbort);
      filled?.end();
    },
    onError(error) {
      // As fetch says it: a TypeError once there is an answer.
      const isCut = filled !== undefined && !signal?.aborted;
      fail(isCut ? new TypeError("The connection broke off.", { cause: error }) : error);
    },
  };
}
