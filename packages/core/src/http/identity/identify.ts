import type { Caller } from "../../pipeline/task-call.js";

/**
 * Tells who sent a request. Nothing means that it holds no credentials of this kind: an anonymous visitor, unless
 * another kind knows better ({@link firstOf}). Credentials that are there but wrong must be refused: throw a
 * `GatewayError("unauthenticated", …)`.
 *
 * `request` is the server's own object, for functions that read its session: Express's, or fetch's `Request`. What is
 * in `context` is the same at every server, so an `Identify` that needs no more fits all of them.
 */
export type Identify<HostRequest = unknown> = (
  request: HostRequest,
  context: IdentifyContext,
) => Caller | undefined | Promise<Caller | undefined>;

/** A request, as every server tells it. */
export interface IdentifyContext {
  /** As received, for example `POST`. */
  readonly method: string;
  /** Below the mount point, without the query: `/chat`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The client's address, where the server knows it. */
  readonly ip: string | undefined;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /**
   * The body's bytes as they were sent, for signatures; the task gets the same ones. Read them last: whoever has no
   * valid credentials should not make the server read a body.
   *
   * @throws `payload_too_large`; `aborted` when the body breaks off; `invalid_config` when a body parser ran before.
   */
  body(): Promise<Uint8Array>;
}
