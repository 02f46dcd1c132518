import type { FileHandle } from "node:fs/promises";
import type { AuditChain, AuditGap } from "../../audit/audit-chain.js";
import type { AuditHead } from "../../audit/audit-head.js";
import { type ChainState, newChainState } from "../../audit/chain-state.js";
import { stateAfter } from "../../audit/state-after.js";
import { auditLines } from "./audit-lines.js";

/** Hash, MAC and line break, with which every entry ends. */
const TAIL_BYTES = `,"hash":"","mac":""}\n`.length + 2 * 43;

/** What a file that somebody else wrote, or that a crash left behind, holds. */
export interface RecoveredFile {
  readonly state: ChainState;
  /** Bytes of its whole lines. */
  readonly size: number;
  /** What is missing; to be written down as the next entry. */
  readonly gap?: Omit<AuditGap, "entry" | "time"> | undefined;
}

interface Found {
  readonly file: FileHandle;
  readonly size: number;
  readonly chain: AuditChain | undefined;
  /** The file's head, when there is an authentic one. */
  readonly head: AuditHead | undefined;
}

/**
 * Finds where a file goes on, and cuts off a last line that is not whole. Whole lines stay, whatever they hold: a
 * verifier shall see them.
 */
export async function recoverFile(found: Found): Promise<RecoveredFile> {
  const { file, head, chain } = found;
  const { state, size } = await readOn(found);
  const cut = found.size - size;
  if (cut > 0) await file.truncate(size);
  const lost = chain === undefined ? 0 : Math.max(0, (head?.seq ?? 0) - state.seq);
  if (head !== undefined && head.size > 0 && size === 0)
    return { state: head, size, gap: { reason: "missing_file", lost: 0 } };
  if (cut > 0) return { state, size, gap: { reason: "torn_line", lost, cut_bytes: cut } };
  if (lost > 0) return { state, size, gap: { reason: "lost_entries", lost } };
  const isHeadless = head === undefined && state.seq > 0;
  return { state, size, ...(isHeadless ? { gap: { reason: "missing_head", lost: 0 } } : {}) };
}

/** Reads from where the head left off, or all of it, to the last whole line. */
async function readOn({ file, size, chain, head }: Found): Promise<{ state: ChainState; size: number }> {
  if (chain === undefined) return { state: newChainState, size: await endOfWholeLines(file, size) };
  const from = head !== undefined && head.size <= size && (await endsWith(file, head)) ? head : undefined;
  if (from?.size === size) return { state: from, size };
  const start = from?.size ?? 0;
  let state: ChainState = from ?? newChainState;
  let end = start;
  const chunks = file.createReadStream({ start, autoClose: false });
  for await (const line of auditLines(chunks)) {
    if (!line.whole) break;
    end = start + line.end;
    state = stateAfter(chain, state, line.text);
  }
  if (head === undefined && end > 0 && state.seq === 0)
    throw new Error(
      "The audit file has no entry that was written with this key: give the key it was begun with, or another path.",
    );
  // After a rotation the file is empty and the chain is not.
  return { state: head !== undefined && size === 0 ? head : state, size: end };
}

/** Whether the entry that the head names ends where the head says: after a power cut there may be zeros. */
async function endsWith(file: FileHandle, head: AuditHead): Promise<boolean> {
  if (head.size === 0) return true;
  const { buffer, bytesRead } = await file.read(
    Buffer.alloc(TAIL_BYTES),
    0,
    TAIL_BYTES,
    head.size - TAIL_BYTES,
  );
  const tail = buffer.toString("latin1", 0, bytesRead);
  return tail.startsWith(`,"hash":"${head.hash}"`) && tail.endsWith('"}\n');
}

/** Looks for the last line break from the end. */
async function endOfWholeLines(file: FileHandle, size: number): Promise<number> {
  const block = Buffer.alloc(65_536);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - block.length);
    const { bytesRead } = await file.read(block, 0, end - start, start);
    const at = block.subarray(0, bytesRead).lastIndexOf(10);
    if (at !== -1) return start + at + 1;
    end = start;
  }
  return 0;
}
