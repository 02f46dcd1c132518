import {
  type AuditChain,
  type AuditDraft,
  type AuditRecord,
  auditDraft,
  type ChainState,
} from "@levqor/core";
import type { Database } from "../database.js";
import { deadlineIn } from "../deadline.js";
import { sqlStateOf } from "../sql-state.js";
import { auditRow } from "./audit-row.js";
import { type HeadRow, openHead, sealHead } from "./audit-table-head.js";
import { readHeadRow } from "./read-head-row.js";

/** The end of one chain in `ai_audit`. */
export interface AuditTable {
  /** Appends what `fill` adds to a draft, and the checkpoint that is due. Afterwards all of it is there, or none. */
  append(fill: (draft: AuditDraft) => void): Promise<void>;
  /** Milliseconds until a checkpoint is due; undefined when none is, as far as this process knows. */
  checkpointInMs(): number | undefined;
}

/** What is longer, timers take for nothing. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Other processes append too. Entries are linked to the head as this process knows it, and written only if it is still
 * the head; if not, the answer says what it is now, and they are linked anew.
 */
export function auditTable(db: Database, chain: AuditChain): AuditTable {
  const { clock, prefix } = db;
  /** Undefined when it has to be read. */
  let known: ChainState | undefined;

  function trusted(row: HeadRow | undefined): ChainState {
    const state = openHead(chain, row);
    if (state === undefined) throw new Error("The audit's head was made with another key, or changed.");
    return state;
  }

  /** The head that was in the way; nothing when the draft was written. */
  async function write(draft: AuditDraft, previous: ChainState): Promise<ChainState | undefined> {
    const head = sealHead(chain, draft.state());
    const { partition } = chain;
    const request = { partition, previous_hash: previous.hash, head, entries: draft.lines.map(auditRow) };
    const [row] = await db.query(`select ${prefix}ai_audit_append($1)::text as head`, (waitMs) => [
      JSON.stringify({ ...request, wait_ms: waitMs }),
    ]);
    if (typeof row?.["head"] !== "string") return undefined;
    return trusted(JSON.parse(row["head"]) as HeadRow); // as: a row of our table
  }

  async function append(fill: (draft: AuditDraft) => void): Promise<void> {
    const deadline = deadlineIn(db.timeoutMs, clock);
    let state = known ?? trusted(await readHeadRow(db, chain.partition));
    known = undefined; // until it is certain again
    for (;;) {
      const draft = auditDraft(chain, state, clock.now());
      fill(draft);
      draft.checkpointIfDue();
      const faster = draft.lines.length === 0 ? undefined : await write(draft, state);
      known = faster ?? draft.state();
      if (faster === undefined) return;
      if (deadline.isOver) throw new Error("Others write to the audit all the time.");
      state = faster;
    }
  }

  return {
    async append(fill) {
      try {
        await append(fill);
      } catch (error) {
        if (sqlStateOf(error) !== "23505") throw error;
        throw new Error("The audit's entries go on where its head does not.", { cause: error });
      }
    },
    checkpointInMs() {
      if (known === undefined || known.unchecked === 0) return undefined;
      const dueInMs = known.uncheckedSinceMs + chain.checkpointMs - clock.now();
      return Math.max(0, Math.min(dueInMs, chain.checkpointMs, LONGEST_TIMER_MS)); // the clock may have gone back
    },
  };
}

/** Adds records to a draft. */
export const withRecords =
  (records: readonly AuditRecord[]) =>
  (draft: AuditDraft): void => {
    for (const record of records) draft.addRecord(record);
  };
