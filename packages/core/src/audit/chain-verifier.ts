import type { ChainHead } from "./audit-chain.js";
import type { AuditProblem, AuditVerification, LinePlace, RecordedGap } from "./audit-verification.js";
import { chainOrder } from "./chain-order.js";
import { type EntryChecks, entryCheck } from "./entry-check.js";
import type { ReadEntry } from "./read-entry.js";

/** What a verifier checks with. */
export interface ChainChecks extends EntryChecks {
  /** The entries may begin after the first one and end before the last one. */
  readonly partial: boolean;
  /** Entries that may stand between two signatures, when those are checked. */
  readonly checkpointRecords: number;
}

/** Checks a chain line by line, in bounded memory. */
export interface ChainVerifier {
  /** Takes the next line; false once a problem is certain and the rest need not be read. */
  take(line: string, at: LinePlace): boolean;
  /** The verdict, when all lines were taken. */
  end(end: {
    /** Of the line after the last. */
    readonly at: LinePlace;
    /** The last line is no whole line. */
    readonly torn: boolean;
    /** How far the chain is known to have come, from somewhere else than the lines; of no use for another partition. */
    readonly head?: (ChainHead & { readonly partition?: string }) | undefined;
  }): AuditVerification;
}

const MAX_GAPS = 100;

/** Makes a verifier for one chain. */
export function chainVerifier(checks: ChainChecks): ChainVerifier {
  const authentic = entryCheck(checks);
  const order = chainOrder({ keyed: checks.mac !== undefined, partial: checks.partial });
  const isSigned = checks.verifySignature !== undefined;
  const counts = { entries: 0, records: 0, checkpoints: 0 };
  const gaps: RecordedGap[] = [];
  let partition: string | undefined;
  let signed = 0;
  let unsigned = 0;
  let closed = false;
  let problem: AuditProblem | undefined;

  function count({ seq, fields }: ReadEntry, at: LinePlace): void {
    const { entry, reason, lost, final } = fields;
    counts.entries += 1;
    if (entry === undefined) counts.records += 1;
    if (entry === "checkpoint") counts.checkpoints += 1;
    if (entry === "checkpoint") signed = seq;
    unsigned = entry === "checkpoint" ? 0 : unsigned + 1;
    if (isSigned && unsigned > checks.checkpointRecords)
      problem = {
        kind: "gap",
        ...at,
        seq,
        message: `a signed checkpoint is missing: ${unsigned} entries have none`,
      };
    closed = entry === "checkpoint" && final === true;
    if (entry === "gap" && gaps.length < MAX_GAPS)
      gaps.push({ ...at, seq, reason: String(reason), lost: Number(lost) });
  }

  return {
    take(line, at) {
      const entry = authentic(line);
      const seq = order.last.seq + 1;
      if (entry === undefined) {
        const message = counts.entries === 0 ? unreadable : "the entry was changed or made up";
        if (!order.isBroken) problem = { kind: "edit", ...at, seq, message };
        return problem === undefined;
      }
      partition ??= entry.partition;
      const position = order.place(entry, at);
      if (position === "in place") count(entry, at);
      else if (position !== "aside") problem = position;
      return problem === undefined;
    },
    end({ at, torn, head: given }) {
      const head =
        given?.partition === undefined || given.partition === (partition ?? given.partition)
          ? given
          : undefined;
      problem ??= order.end(at, torn ? undefined : head);
      const seq = order.last.seq + 1;
      if (torn) problem ??= { kind: "truncation", ...at, seq, message: "the last line is cut off" };
      if (head === undefined && !checks.partial && !closed)
        problem ??= { kind: "truncation", ...at, seq, message: openEnd };
      if (checks.mac === undefined && Math.max(signed, head?.seq ?? 0) < order.last.seq)
        problem ??= { kind: "truncation", ...at, seq, message: unsignedEnd };
      const { last } = order;
      return { ok: problem === undefined, ...counts, ...(isSigned ? { signed } : {}), last, gaps, problem };
    },
  };
}

const unreadable = "the entry was changed or made up, or is of another chain or key";
const openEnd =
  "the end is no closing checkpoint and there is no head to compare it with: entries may be missing";
const unsignedEnd = "no signature covers the last entries, and without the key nothing else proves them";
