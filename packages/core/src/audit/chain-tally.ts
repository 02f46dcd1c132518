import type { AuditVerification, LinePlace, RecordedGap } from "./audit-verification.js";
import type { ReadEntry } from "./read-entry.js";

/** Counts the entries of a chain that are in their place. */
export interface ChainTally {
  add(entry: ReadEntry, at: LinePlace): void;
  /** The last entry is the checkpoint of a writer that closed the chain. */
  readonly closed: boolean;
  /** Number of the last checkpoint; 0 before the first. */
  readonly lastCheckpoint: number;
  /** Entries since then. */
  readonly sinceCheckpoint: number;
  counts(): Pick<AuditVerification, "entries" | "records" | "checkpoints" | "gaps">;
}

const MAX_GAPS = 100;

/** Makes a tally with nothing counted yet. */
export function chainTally(): ChainTally {
  const gaps: RecordedGap[] = [];
  let entries = 0;
  let records = 0;
  let checkpoints = 0;
  let lastCheckpoint = 0;
  let sinceCheckpoint = 0;
  let closed = false;
  return {
    get closed() {
      return closed;
    },
    get lastCheckpoint() {
      return lastCheckpoint;
    },
    get sinceCheckpoint() {
      return sinceCheckpoint;
    },
    add({ seq, fields }, at) {
      const { entry, reason, lost, final } = fields;
      entries += 1;
      sinceCheckpoint += 1;
      closed = entry === "checkpoint" && final === true;
      if (entry === undefined) records += 1;
      if (entry === "checkpoint") {
        checkpoints += 1;
        lastCheckpoint = seq;
        sinceCheckpoint = 0;
      }
      if (entry === "gap" && gaps.length < MAX_GAPS)
        gaps.push({ ...at, seq, reason: String(reason), lost: Number(lost) });
    },
    counts: () => ({ entries, records, checkpoints, gaps }),
  };
}
