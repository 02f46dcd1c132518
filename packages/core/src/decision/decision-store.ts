import type { DecisionRecord } from "../pipeline/decision-record.js";

/** Keeps what was decided about calls, so that a request id (the `X-Request-Id` of a reply) leads to it. */
export interface DecisionStore {
  /** Called once a call has ended. What it throws or rejects with is logged; the call goes on. */
  write(decision: DecisionRecord): void | Promise<void>;
  /** The decision of this request; nothing when it is not kept (any more). */
  find(requestId: string): DecisionRecord | undefined | Promise<DecisionRecord | undefined>;
  /** Writes what waits; the gateway's `close` asks for it. The store stays in use: others may share it. */
  flush?(): void | Promise<void>;
}
