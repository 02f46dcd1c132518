import type { ChainHead } from "./audit-chain.js";
import type { AuditProblem, AuditVerification, LinePlace } from "./audit-verification.js";
import { chainOrder } from "./chain-order.js";
import { chainTally } from "./chain-tally.js";
import { type EntryChecks, type EntryFault, entryCheck } from "./entry-check.js";
import type { ReadEntry } from "./read-entry.js";

/** What a verifier checks with. */
export interface ChainChecks extends EntryChecks {
  /** The entries may begin after the first one and end before the last one. */
  readonly partial: boolean;
  /** Entries that may stand between two signatures, when those are checked. */
  readonly checkpointRecords: number;
  /** How far the chain is known to have come, from somewhere else than the lines; of no use for another partition. */
  readonly head?: (ChainHead & { readonly partition?: string | undefined }) | undefined;
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
  }): AuditVerification;
}

/** Makes a verifier for one chain. */
export function chainVerifier(checks: ChainChecks): ChainVerifier {
  const authentic = entryCheck(checks);
  const order = chainOrder({ keyed: checks.mac !== undefined, partial: checks.partial });
  const tally = chainTally();
  const isSigned = checks.verifySignature !== undefined;
  let { head } = checks;
  let isHeadMet = false;
  let problem: AuditProblem | undefined;

  /** What is wrong with the tally of an entry that is in its place. */
  function misfit({ seq, hash }: ReadEntry, at: LinePlace): AuditProblem | undefined {
    if (isSigned && tally.sinceCheckpoint > checks.checkpointRecords)
      return { kind: "gap", ...at, seq, message: unsigned(tally.sinceCheckpoint) };
    if (seq !== head?.seq) return undefined;
    isHeadMet = hash === head.hash;
    return isHeadMet ? undefined : { kind: "fork", ...at, seq, message: otherHead(seq) };
  }

  return {
    take(line, at) {
      const entry = authentic(line);
      if (typeof entry === "string") {
        const message = faultText(entry, order.last.seq === 0);
        if (!order.isBroken) problem = { kind: "edit", ...at, seq: order.last.seq + 1, message };
        return problem === undefined;
      }
      if (head?.partition !== undefined && head.partition !== entry.partition) head = undefined;
      const position = order.place(entry, at);
      if (position === "in place") {
        tally.add(entry, at);
        problem = misfit(entry, at);
      } else if (position !== "aside") problem = position;
      return problem === undefined;
    },
    end({ at, torn }) {
      const { last } = order;
      const truncated = (message: string): AuditProblem => ({
        kind: "truncation",
        ...at,
        seq: last.seq + 1,
        message,
      });
      const proven = Math.max(tally.lastCheckpoint, isHeadMet ? (head?.seq ?? 0) : 0);
      problem ??= order.end(at, torn ? undefined : head);
      if (torn) problem ??= truncated("the last line is cut off");
      if (head === undefined && !checks.partial && !tally.closed) problem ??= truncated(openEnd);
      if (checks.mac === undefined && proven < last.seq) problem ??= truncated(unsignedEnd);
      const signed = isSigned ? { signed: tally.lastCheckpoint } : {};
      return { ok: problem === undefined, ...tally.counts(), ...signed, last, problem };
    },
  };
}

function faultText(fault: EntryFault, isFirst: boolean): string {
  if (fault === "other partition") return "the entry is of another partition";
  return `the entry was changed or made up${isFirst ? ", or is of another chain or key" : ""}`;
}

const openEnd =
  "the end is no closing checkpoint and there is no head to compare it with: entries may be missing";
const unsignedEnd = "no signature covers the last entries, and without the key nothing else proves them";
const unsigned = (count: number) => `a signed checkpoint is missing: ${count} entries have none`;
const otherHead = (seq: number) => `the chain has two branches: the head names another entry ${seq}`;
