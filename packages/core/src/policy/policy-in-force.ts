import type { Caller } from "../pipeline/task-call.js";
import type { FlagValue } from "./policy-document.js";

/** The policy as calls see it: the last document that was good. */
export interface PolicyInForce {
  /** Resolves when the first document was read, or could not be in time. */
  ready(): void | Promise<void>;
  /** Absent before the first document. */
  readonly version: number | undefined;
  /** Every flag, as this caller has it. */
  flagsOf(caller: Caller): Readonly<Record<string, FlagValue>>;
}
