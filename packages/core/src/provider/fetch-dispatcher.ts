/** What Node's `fetch` sends requests with: its connections, and the proxy or mock that an application put in place. */
export interface FetchDispatcher {
  dispatch(request: DispatchedRequest, handler: DispatchHandler): unknown;
}

/** A request as a dispatcher takes it. */
interface DispatchedRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string;
  /** Milliseconds until the answer's head; 0: no limit. */
  readonly headersTimeout: number;
  /** Milliseconds between two pieces of the answer's body; 0: no limit. */
  readonly bodyTimeout: number;
}

/** What a dispatcher calls, in this order; after `onError` nothing more. */
export interface DispatchHandler {
  /** The request is about to be written. */
  onConnect(abort: (reason?: unknown) => void): void;
  /** Also for a 1xx that comes before the answer. */
  onHeaders(status: number, rawHeaders: readonly RawHeader[], resume: () => void): boolean;
  /** False: no more until `resume` is called. */
  onData(chunk: Uint8Array): boolean;
  onComplete(): void;
  onError(error: unknown): void;
}

/** The bytes of a header's name or value; names and values come in turn. */
export interface RawHeader {
  toString(encoding: "latin1"): string;
}

/**
 * Where all copies of undici in a process, Node's own included, share the dispatcher of the process. The number is the
 * version of the handler above: a copy that wants another handler uses another number.
 */
const shared = Symbol.for("undici.globalDispatcher.1");

/** The dispatcher behind the global `fetch`; none outside Node, and none where that `fetch` is not Node's own. */
export const fetchDispatcher = (): FetchDispatcher | undefined =>
  isNodesFetch() ? (globalThis as { readonly [shared]?: FetchDispatcher })[shared] : undefined; // as: it has no type

let judged: { readonly fetch: typeof globalThis.fetch; readonly isNodes: boolean } | undefined;

/**
 * Tells Node's own `fetch` by its source. Another one in its place, of a mock or an instrumentation, may have stood there
 * before this module was loaded, and wants to see every request.
 */
function isNodesFetch(): boolean {
  const { fetch } = globalThis;
  if (judged?.fetch !== fetch) judged = { fetch, isNodes: String(fetch).includes("internal/deps/undici") };
  return judged.isNodes;
}
