import type { PolicyDocument } from "./policy-document.js";

/** Where the policy comes from: memory, a file, a shared store. */
export interface PolicySource {
  /** The newest document as it was found, not checked yet; nothing when there is none. Rejects when it can't be read. */
  read(): Promise<unknown>;
  /**
   * Calls `onChange` when there may be a new document, until the signal aborts; what that returns resolves once the
   * document is in force, or was refused. Without it, and beside it, the gateway reads again every `pollMs`.
   */
  watch?(onChange: () => Promise<void>, signal: AbortSignal): void | Promise<void>;
}

/** A source that operators write to. */
export interface PolicyStore extends PolicySource {
  /**
   * Puts a document in force: every process that reads the store follows it.
   *
   * @throws `invalid_config` when `version` is not the next one (somebody else published meanwhile); the old document
   * then stays. A document that is wrong otherwise uses its version up: each gateway's `policy.status()` says why it was
   * not taken.
   */
  publish(document: PolicyDocument): Promise<void>;
}
