import type { AuditChain, AuditGap, ChainHead } from "../../audit/audit-chain.js";
import type { AuditRecord } from "../../audit/audit-record.js";
import { linkCheckpoint, linkEntry } from "../../audit/link-entry.js";
import type { ChainState } from "./chain-state.js";

/** Lines to be written, and where the chain stands once they are. Without a chain the lines are plain JSON. */
export interface AuditDraft {
  readonly text: string;
  readonly state: ChainState;
  addRecord(record: AuditRecord): void;
  addGap(gap: Omit<AuditGap, "entry" | "time">): void;
  /** Adds a checkpoint when one is due by count or time. */
  checkpointIfDue(): void;
  /** Adds one in any case, unless the last entry is one; only a final one closes the file. */
  checkpoint(about: { readonly final: boolean }): void;
}

/** Starts a draft on top of `state`; nothing is kept of it until the caller has written it. */
export function auditDraft(chain: AuditChain | undefined, state: ChainState, nowMs: number): AuditDraft {
  let text = "";
  let current = state;
  const time = () => new Date(nowMs).toISOString();
  function add(content: AuditRecord | AuditGap): void {
    if (chain === undefined) {
      text += `${JSON.stringify(content)}\n`;
      return;
    }
    const { unchecked, uncheckedSinceMs } = current;
    take(linkEntry(chain, current, content), {
      unchecked: unchecked + 1,
      uncheckedSinceMs: unchecked === 0 ? nowMs : uncheckedSinceMs,
      closed: false,
    });
  }
  function take(linked: { line: string; head: ChainHead }, rest: Omit<ChainState, keyof ChainHead>): void {
    text += `${linked.line}\n`;
    current = { ...linked.head, ...rest };
  }
  function checkpoint({ final }: { readonly final: boolean }): void {
    if (chain === undefined || current.seq === 0) return;
    if (current.unchecked === 0 && (current.closed || !final)) return;
    const linked = linkCheckpoint(chain, current, { time: time(), final });
    take(linked, { unchecked: 0, uncheckedSinceMs: 0, closed: final });
  }
  return {
    get text() {
      return text;
    },
    get state() {
      return current;
    },
    addRecord: add,
    addGap: (gap) => add({ entry: "gap", time: time(), ...gap }),
    checkpoint,
    checkpointIfDue() {
      const { unchecked, uncheckedSinceMs } = current;
      if (chain === undefined || unchecked === 0) return;
      if (unchecked >= chain.checkpointRecords || nowMs - uncheckedSinceMs >= chain.checkpointMs)
        checkpoint({ final: false });
    },
  };
}
