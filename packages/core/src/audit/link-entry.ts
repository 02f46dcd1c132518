import type { AuditChain, AuditCheckpoint, AuditGap, ChainHead } from "./audit-chain.js";
import type { AuditRecord } from "./audit-record.js";
import { canonicalJson } from "./canonical-json.js";

/** Links an entry to the head of its chain: the line to write, without a line break, and the head that follows. */
export function linkEntry(
  chain: AuditChain,
  head: ChainHead,
  content: AuditRecord | AuditGap | AuditCheckpoint,
): { readonly line: string; readonly head: ChainHead } {
  const seq = head.seq + 1 + ("lost" in content ? content.lost : 0);
  const covered = canonicalJson({ ...content, partition: chain.partition, previous_hash: head.hash, seq });
  const hash = chain.digest(covered);
  return {
    line: `${covered.slice(0, -1)},"hash":"${hash}","mac":"${chain.mac(hash)}"}`,
    head: { seq, hash },
  };
}

/** Makes a checkpoint over the head of a chain, signed when the chain signs. */
export function linkCheckpoint(
  chain: AuditChain,
  head: ChainHead,
  about: { readonly time: string; readonly final: boolean },
): { readonly line: string; readonly head: ChainHead } {
  const { time, final } = about;
  const content: AuditCheckpoint = { entry: "checkpoint", time, ...(final ? { final: true } : {}) };
  const seq = head.seq + 1;
  const signature = chain.sign?.(
    canonicalJson({ ...content, partition: chain.partition, previous_hash: head.hash, seq }),
  );
  return linkEntry(chain, head, signature === undefined ? content : { ...content, signature });
}
