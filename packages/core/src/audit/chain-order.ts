import { type ChainHead, emptyChain } from "./audit-chain.js";
import type { AuditProblem, LinePlace } from "./audit-verification.js";
import type { ReadEntry } from "./read-entry.js";
import { recentHashes } from "./recent-hashes.js";

/** Where an entry stands: next in its chain, behind a place where entries were left out, or where none may stand. */
export type EntryPosition = "in place" | "aside" | AuditProblem;

/** Follows a chain of authentic entries. */
export interface ChainOrder {
  readonly last: ChainHead;
  /** Whether entries were left out so far. What follows them is "aside", until one of them comes late. */
  readonly isBroken: boolean;
  place(entry: ReadEntry, at: LinePlace): EntryPosition;
  /** What is wrong when no more entries come; `head` is how far the chain is known to have come. */
  end(at: LinePlace, head: ChainHead | undefined): AuditProblem | undefined;
}

/** Makes the order of one chain. Without the key (`keyed`) a hash may have been made to fit. */
export function chainOrder(about: { readonly keyed: boolean; readonly partial: boolean }): ChainOrder {
  const recent = recentHashes();
  let last: ChainHead = emptyChain;
  let missing: (LinePlace & { readonly from: number; readonly to: number }) | undefined;

  function late({ seq }: ReadEntry, { from, to, ...at }: NonNullable<typeof missing>): EntryPosition {
    if (seq < from || seq > to) return "aside";
    return { kind: "reorder", ...at, seq: to + 1, message: `entry ${to + 1} stands before entry ${seq}` };
  }

  function early(entry: ReadEntry, at: LinePlace): AuditProblem {
    const { seq, hash } = entry;
    const known = recent.at(seq);
    if (known !== undefined && known !== hash) return rival(entry, at, about.keyed);
    return { kind: "reorder", ...at, seq, message: `entry ${seq} stands after entry ${last.seq}` };
  }

  return {
    get last() {
      return last;
    },
    get isBroken() {
      return missing !== undefined;
    },
    place(entry, at) {
      if (missing !== undefined) return late(entry, missing);
      const { seq, previous_hash, hash } = entry;
      const begins = about.partial && last.seq === 0;
      const expected = begins ? seq : last.seq + 1 + lostBefore(entry);
      if (seq < expected) return early(entry, at);
      if (seq > expected) {
        missing = { ...at, from: last.seq + 1, to: last.seq + seq - expected };
        return "aside";
      }
      if (!begins && previous_hash !== last.hash) return rival(entry, at, about.keyed);
      last = { seq, hash };
      recent.add(seq, hash);
      return "in place";
    },
    end(at, head) {
      if (missing !== undefined) {
        const { from, to, ...place } = missing;
        return { kind: "gap", ...place, seq: from, message: missingText(from, to) };
      }
      if (head === undefined) return undefined;
      const next = last.seq + 1;
      return head.seq > last.seq
        ? { kind: "truncation", ...at, seq: next, message: missingText(next, head.seq) }
        : undefined;
    },
  };
}

function rival({ seq }: ReadEntry, at: LinePlace, keyed: boolean): AuditProblem {
  return keyed
    ? { kind: "fork", ...at, seq, message: `the chain has two branches: entry ${seq} is on another one` }
    : { kind: "edit", ...at, seq, message: `entry ${seq} does not follow from the entry before it` };
}

const lostBefore = ({ fields }: ReadEntry): number =>
  fields["entry"] === "gap" && typeof fields["lost"] === "number" ? fields["lost"] : 0;

const missingText = (from: number, to: number): string =>
  from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`;
