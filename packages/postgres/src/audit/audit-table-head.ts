import { type AuditChain, type ChainState, newChainState } from "@levqor/core";

/** A row of `ai_audit_heads`: how far a chain has come. */
export interface HeadRow {
  readonly seq: number;
  readonly hash: string;
  readonly unchecked: number;
  readonly unchecked_since_ms: number;
  readonly closed: boolean;
  readonly mac: string;
}

type Sealing = Pick<AuditChain, "mac" | "partition">;

/** The row of a state, which only who has the chain's key can make. */
export function sealHead(chain: Sealing, state: ChainState): HeadRow {
  const { seq, hash, unchecked, uncheckedSinceMs, closed } = state;
  const covered = JSON.stringify([chain.partition, seq, hash, unchecked, uncheckedSinceMs, closed]);
  return { seq, hash, unchecked, unchecked_since_ms: uncheckedSinceMs, closed, mac: chain.mac(covered) };
}

/** The state that a row tells; undefined when it was made with another key, or changed. */
export function openHead(chain: Sealing, row: HeadRow | undefined): ChainState | undefined {
  if (row === undefined) return newChainState;
  const { seq, hash, unchecked, unchecked_since_ms: uncheckedSinceMs, closed } = row;
  const state = { seq, hash, unchecked, uncheckedSinceMs, closed };
  return sealHead(chain, state).mac === row.mac ? state : undefined;
}
