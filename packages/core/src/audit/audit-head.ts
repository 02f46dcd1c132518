import type { AuditChain } from "./audit-chain.js";
import { canonicalJson } from "./canonical-json.js";
import type { ChainState } from "./chain-state.js";

/**
 * What stands beside the entries of a chain: how far it had come. It tells writers where to go on, and a verifier that
 * entries are missing at the end.
 */
export interface AuditHead extends ChainState {
  /** Bytes of the file that the entries are in; 0 in a store that is no file. */
  readonly size: number;
}

const tail = /,"mac":"([\w-]{43})"\}\s*$/;

/** A head as text, with a MAC. */
export function sealHead(chain: AuditChain, head: AuditHead): string {
  const { closed, hash, seq, size, unchecked, uncheckedSinceMs } = head;
  // In the order of canonical JSON, which then need not sort.
  const covered = canonicalJson({
    closed,
    hash,
    partition: chain.partition,
    seq,
    size,
    unchecked,
    uncheckedSinceMs,
  });
  return `${covered.slice(0, -1)},"mac":"${chain.mac(covered)}"}`;
}

/** Reads what {@link sealHead} made; undefined when it is not authentic or of another partition. */
export function readHead(
  text: string,
  chain: { readonly mac: AuditChain["mac"]; readonly partition?: string | undefined },
): (AuditHead & { readonly partition: string }) | undefined {
  const found = tail.exec(text);
  if (found === null) return undefined;
  const covered = `${text.slice(0, found.index)}}`;
  if (chain.mac(covered) !== found[1]) return undefined;
  const head = JSON.parse(covered) as AuditHead & { readonly partition: string }; // as: ours, by its MAC
  return chain.partition === undefined || chain.partition === head.partition ? head : undefined;
}
