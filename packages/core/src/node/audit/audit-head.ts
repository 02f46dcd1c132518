import type { FileHandle } from "node:fs/promises";
import type { AuditChain } from "../../audit/audit-chain.js";
import { canonicalJson } from "../../audit/canonical-json.js";
import type { ChainState } from "./chain-state.js";

/**
 * What stands beside a chained file, in `<file>.head`: how far the chain had come and how long the file was. It tells
 * writers where to go on, and a verifier that entries are missing at the end.
 */
export interface AuditHead extends ChainState {
  /** Bytes of the file. */
  readonly size: number;
}

/** Written in place, in whole blocks: shorter text leaves nothing of a longer one behind. */
const BLOCK_BYTES = 512;
const tail = /,"mac":"([\w-]{43})"\}\s*$/;

/** The path of a file's head. */
export const headPath = (path: string): string => `${path}.head`;

/** Writes the head in one go. */
export async function writeHead(file: FileHandle, chain: AuditChain, head: AuditHead): Promise<void> {
  const covered = canonicalJson({ ...head, partition: chain.partition });
  const text = `${covered.slice(0, -1)},"mac":"${chain.mac(covered)}"}\n`;
  const bytes = Buffer.from(text);
  const padded = Buffer.alloc(Math.ceil(bytes.length / BLOCK_BYTES) * BLOCK_BYTES, " ");
  bytes.copy(padded);
  await file.write(padded, 0, padded.length, 0);
}

/** Reads what {@link writeHead} wrote; undefined when it is not authentic or of another partition. */
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
