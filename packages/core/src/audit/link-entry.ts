import type { AuditChain, AuditCheckpoint, AuditGap, ChainHead } from "./audit-chain.js";
import type { AuditRecord } from "./audit-record.js";
import { coveredText } from "./covered-text.js";

/** An entry that is linked: the line to write, without a line break, and the head that follows. */
export interface LinkedEntry {
  readonly line: string;
  readonly head: ChainHead;
}

/** Links an entry to the head of its chain. */
export function linkEntry(
  chain: AuditChain,
  head: ChainHead,
  content: AuditRecord | AuditGap | AuditCheckpoint,
): LinkedEntry {
  const place = nextPlace(chain, head, "lost" in content ? content.lost : 0);
  const covered = coveredText(content, place);
  const hash = chain.digest(covered);
  return {
    line: `${covered.slice(0, -1)},"hash":"${hash}","mac":"${chain.mac(hash)}"}`,
    head: { seq: place.seq, hash },
  };
}

/** Makes a checkpoint over the head of a chain, signed when the chain signs. */
export function linkCheckpoint(
  chain: AuditChain,
  head: ChainHead,
  about: { readonly time: string; readonly final: boolean },
): LinkedEntry {
  const { time, final } = about;
  const content: AuditCheckpoint = { entry: "checkpoint", time, ...(final ? { final } : {}) };
  const signature = chain.sign?.(coveredText(content, nextPlace(chain, head, 0)));
  return linkEntry(chain, head, signature === undefined ? content : { ...content, signature });
}

const nextPlace = ({ partition }: AuditChain, { seq, hash }: ChainHead, lost: number) => ({
  partition,
  previous_hash: hash,
  seq: seq + 1 + lost,
});
