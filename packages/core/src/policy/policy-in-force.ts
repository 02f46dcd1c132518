import type { Caller } from "../pipeline/task-call.js";
import type { FlagValue } from "./policy-document.js";

/** What became of the policy's source. */
export interface PolicyStatus {
  /** Version of the document in force; absent before the first. */
  readonly version: number | undefined;
  /** Why the newest document was not taken; empty when it was. No value is quoted. */
  readonly problems: readonly string[];
}

/** The policy as calls see it: the last document that was good. */
export interface PolicyInForce {
  /** Resolves when the first document was read, or could not be in time; nothing to wait for afterwards. */
  ready(): Promise<void> | undefined;
  readonly version: number | undefined;
  status(): PolicyStatus;
  /** Every flag, as this caller has it. */
  flagsOf(caller: Caller): Readonly<Record<string, FlagValue>>;
}
