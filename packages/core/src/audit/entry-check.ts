import type { AuditChain } from "./audit-chain.js";
import { coveredText } from "./covered-text.js";
import { type ReadEntry, readEntry } from "./read-entry.js";

/** What entries are checked with. */
export interface EntryChecks {
  readonly digest: AuditChain["digest"];
  /** Absent without the key: then only signatures tell an authentic entry from a made-up one. */
  readonly mac?: AuditChain["mac"] | undefined;
  /** Absent without the public key. */
  readonly verifySignature?: ((text: string, signature: string) => boolean) | undefined;
  /** The partition that the entries must have. @default that of the first entry */
  readonly partition?: string | undefined;
}

/** Why a line is no entry of the chain. */
export type EntryFault = "changed" | "other partition";

/** Reads lines, and gives the entries of those that nobody has changed or made up. */
export function entryCheck(checks: EntryChecks): (line: string) => ReadEntry | EntryFault {
  const { digest, mac, verifySignature } = checks;
  let { partition } = checks;
  const isSigned = (entry: ReadEntry): boolean => {
    if (entry.fields["entry"] !== "checkpoint" || verifySignature === undefined) return true;
    const { signature, partition: _, previous_hash, seq, ...content } = entry.fields;
    return typeof signature === "string" && verifySignature(coveredText(content, entry), signature);
  };
  return (line) => {
    const entry = readEntry(line);
    if (entry === undefined || entry.hash !== digest(entry.covered)) return "changed";
    if (mac !== undefined && entry.mac !== mac(entry.hash)) return "changed";
    partition ??= entry.partition;
    if (entry.partition !== partition) return "other partition";
    return isSigned(entry) ? entry : "changed";
  };
}
