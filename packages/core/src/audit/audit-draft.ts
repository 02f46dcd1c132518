import type { AuditChain, AuditGap, ChainHead } from "./audit-chain.js";
import type { AuditRecord } from "./audit-record.js";
import type { ChainState } from "./chain-state.js";
import { linkCheckpoint, linkEntry } from "./link-entry.js";

/**
 * Entries to be written together, and where the chain stands once they are. Without a chain the lines are plain JSON.
 */
export interface AuditDraft {
  /** One for each entry, without line breaks. */
  readonly lines: readonly string[];
  state(): ChainState;
  addRecord(record: AuditRecord): void;
  addGap(gap: Omit<AuditGap, "entry" | "time">): void;
  /** Adds a checkpoint when one is due by time; those due by number come by themselves. */
  checkpointIfDue(): void;
  /** Adds one in any case, unless the last entry is one; only a final one closes the file. */
  checkpoint(about: { readonly final: boolean }): void;
}

/** Starts a draft on top of `state`; nothing is kept of it until the caller has written it. */
export function auditDraft(chain: AuditChain | undefined, state: ChainState, nowMs: number): AuditDraft {
  const lines: string[] = [];
  let head: ChainHead = state;
  let { unchecked, uncheckedSinceMs, closed } = state;
  const time = () => new Date(nowMs).toISOString();

  function add(content: AuditRecord | AuditGap): void {
    if (chain === undefined) {
      lines.push(JSON.stringify(content));
      return;
    }
    const linked = linkEntry(chain, head, content);
    lines.push(linked.line);
    head = linked.head;
    if (unchecked === 0) uncheckedSinceMs = nowMs;
    unchecked += 1;
    closed = false;
    if (unchecked >= chain.checkpointRecords) checkpoint({ final: false });
  }

  function checkpoint({ final }: { readonly final: boolean }): void {
    if (chain === undefined || head.seq === 0) return;
    if (unchecked === 0 && (closed || !final)) return;
    const linked = linkCheckpoint(chain, head, { time: time(), final });
    lines.push(linked.line);
    head = linked.head;
    unchecked = 0;
    uncheckedSinceMs = 0;
    closed = final;
  }

  return {
    lines,
    state: () => ({ seq: head.seq, hash: head.hash, unchecked, uncheckedSinceMs, closed }),
    addRecord: add,
    addGap: (gap) => add({ entry: "gap", time: time(), ...gap }),
    checkpoint,
    checkpointIfDue() {
      if (chain === undefined || unchecked === 0) return;
      const clockWentBack = nowMs < uncheckedSinceMs;
      if (clockWentBack || nowMs - uncheckedSinceMs >= chain.checkpointMs) checkpoint({ final: false });
    },
  };
}
