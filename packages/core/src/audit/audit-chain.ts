/**
 * What a sink needs to chain its entries: the secrets as functions, and when to sign. A chain holds no state; a sink
 * keeps the {@link ChainHead} beside its entries. `hmacAuditChain` of `@levqor/core/node` is one.
 */
export interface AuditChain {
  /** Names the sequence of entries; an entry of another partition does not belong to it. */
  readonly partition: string;
  /** A checkpoint is due after so many records; no more entries than that stand without one. */
  readonly checkpointRecords: number;
  /** A checkpoint is due so many milliseconds after the first record that none covers. */
  readonly checkpointMs: number;
  /** SHA-256 of a text, 43 characters of base64url: what anybody can recompute. */
  digest(text: string): string;
  /** HMAC of a text under the chain's key, 43 characters of base64url. */
  mac(text: string): string;
  /** Signs a checkpoint; absent when checkpoints are not signed. */
  readonly sign?: ((text: string) => string) | undefined;
}

/** The last entry of a chain: what the next one is linked to. */
export interface ChainHead {
  /** Number of the last entry; 0 before the first. */
  readonly seq: number;
  /** Its hash; empty before the first. */
  readonly hash: string;
}

/** The head of a chain without entries. */
export const emptyChain: ChainHead = { seq: 0, hash: "" };

/** What a chain adds to an entry. The hash covers everything that stands before it in the line, the MAC the hash. */
export interface ChainFields {
  readonly partition: string;
  readonly seq: number;
  readonly previous_hash: string;
  readonly hash: string;
  readonly mac: string;
}

/** An entry that covers those before it, with a signature that needs no secret to check. */
export interface AuditCheckpoint {
  readonly entry: "checkpoint";
  /** ISO 8601, UTC. */
  readonly time: string;
  /** The writer closed the chain here; it may go on later. */
  readonly final?: true | undefined;
  /** Ed25519 over the entry without signature, hash and MAC. */
  readonly signature?: string | undefined;
}

/** An entry that says that others are missing, written by the sink that found out. */
export interface AuditGap {
  readonly entry: "gap";
  /** ISO 8601, UTC. */
  readonly time: string;
  /**
   * `torn_line`: the end of the file was no whole line and was cut; `lost_entries`: entries that had been written are
   * gone; `missing_file`: the whole file is; `missing_head`: the head is, so that nothing tells whether entries are;
   * `writer_died`: another process died while it wrote, or right after.
   */
  readonly reason: "torn_line" | "lost_entries" | "missing_file" | "missing_head" | "writer_died";
  /** Entries that are gone for certain. */
  readonly lost: number;
  /** Bytes that were cut. */
  readonly cut_bytes?: number | undefined;
}
