import type { AuditChain } from "@levqor/core";
import {
  type AuditDraft,
  auditDraft,
  type ChainState,
  newChainState,
  readHead,
  sealHead,
} from "@levqor/core/stores";
import type { Database } from "../database.js";
import { deadlineIn } from "../deadline.js";
import { sqlStateOf } from "../sql-state.js";
import { auditRow } from "./audit-row.js";
import { headText } from "./head-text.js";

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
  /** As far as this process knows: the next append finds out when it is out of date. */
  let known: ChainState | undefined;

  function trusted(text: string | undefined): ChainState {
    if (text === undefined) return newChainState;
    const state = readHead(text, chain);
    if (state === undefined) throw new Error("The audit's head was made with another key, or changed.");
    return state;
  }

  /** The head that was in the way; nothing when the draft was written. */
  async function write(draft: AuditDraft, previous: ChainState): Promise<ChainState | undefined> {
    const state = draft.state();
    const request = {
      partition: chain.partition,
      previous_hash: previous.hash,
      hash: state.hash,
      head: sealHead(chain, { ...state, size: 0 }),
      entries: draft.lines.map(auditRow),
    };
    const [row] = await db.query(`select ${prefix}ai_audit_append($1) as head`, (waitMs) => [
      JSON.stringify({ ...request, wait_ms: waitMs }),
    ]);
    return typeof row?.["head"] === "string" ? trusted(row["head"]) : undefined;
  }

  async function append(fill: (draft: AuditDraft) => void): Promise<void> {
    const deadline = deadlineIn(db.timeoutMs, clock);
    let state = known ?? trusted(await headText(db, chain.partition));
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
