import type { Caller } from "../pipeline/task-call.js";
import type { IdentifyContext } from "./identity/identify.js";

/** A request's body: still to be read, or already parsed by the host (`express.json()` ran before). */
export type ExchangeBody =
  | { readonly kind: "stream"; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly kind: "reader"; readonly read: ReadBody }
  | { readonly kind: "parsed"; readonly value: unknown };

/**
 * Reads a body as its server does it best; called once at most. Resolves to nothing when it is longer than `maxBytes`:
 * the rest is left unread. Rejects when it breaks off.
 */
export type ReadBody = (maxBytes: number) => Promise<Uint8Array | undefined>;

/** One HTTP request, free of any server's own types. An adapter makes it. */
export interface HttpExchange {
  /** As received, for example `POST`. */
  readonly method: string;
  /** Below the mount point, without the query: `/chat`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: ExchangeBody;
  /** The client's address, if the adapter knows it; a caller without an `ip` of its own gets it. */
  readonly ip?: string | undefined;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /**
   * Tells who asks; nothing means an anonymous visitor. Called once, for requests to a known endpoint only. A
   * `GatewayError` it throws (`unauthenticated`, `forbidden`) is the answer; anything else is answered as `internal`.
   */
  identify(context: IdentifyContext): Caller | undefined | Promise<Caller | undefined>;
}

/**
 * What to send back. A body of several parts is sent as it comes; stopping early (`return`) says that the client has left.
 * An empty body of a 204 is none.
 */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | AsyncIterable<string>;
}
