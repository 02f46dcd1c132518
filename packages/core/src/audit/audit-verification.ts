/**
 * What is wrong with a chain. `edit`: an entry was changed or made up; `gap`: entries are missing; `reorder`: an entry
 * stands where it does not belong, or twice; `truncation`: entries are missing at the end; `fork`: two entries claim
 * the same place, each written with the key.
 */
export type AuditProblemKind = "edit" | "gap" | "reorder" | "truncation" | "fork";

/** Where a line stands. */
export interface LinePlace {
  /** Absent when the source is no file. */
  readonly file?: string | undefined;
  /** Counted from 1, in its file. */
  readonly line: number;
}

/** The first thing that is wrong with a chain. It quotes nothing of an entry. */
export interface AuditProblem extends LinePlace {
  readonly kind: AuditProblemKind;
  /** Of the first bad entry; the line after the last, when the end is missing. */
  readonly line: number;
  /** Number of the first entry that is bad or missing, when it is known. */
  readonly seq?: number | undefined;
  /** One sentence for people. */
  readonly message: string;
}

/** A gap that the writer itself found and wrote down, for instance after a power cut. */
export interface RecordedGap extends LinePlace {
  readonly seq: number;
  readonly reason: string;
  /** Entries that are gone for certain. */
  readonly lost: number;
}

/** What a verifier found out about a chain. */
export interface AuditVerification {
  /** Nothing is wrong. Look at `gaps` all the same: what a crash has cost is written there. */
  readonly ok: boolean;
  /** Authentic entries in their place, up to the first problem. */
  readonly entries: number;
  /** Those of them that are records of calls. */
  readonly records: number;
  readonly checkpoints: number;
  /** Number of the last entry that a checked signature covers, 0 when none does; absent without a public key. */
  readonly signed?: number | undefined;
  /** The last entry: keep it elsewhere to prove later that nothing after it was there, and nothing before it changed. */
  readonly last: { readonly seq: number; readonly hash: string };
  /** The first 100 gaps that writers recorded. */
  readonly gaps: readonly RecordedGap[];
  readonly problem?: AuditProblem | undefined;
}
