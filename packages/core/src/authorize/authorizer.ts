import type { Caller } from "../pipeline/task-call.js";
import type { AccessRule } from "./access-rule.js";

/** Decides who may run a task. */
export interface Authorizer {
  /** Returns when the caller may; throws `unauthenticated` or `forbidden` when not. */
  authorize(question: {
    readonly task: string;
    readonly rule: AccessRule;
    readonly caller: Caller;
  }): void | Promise<void>;
}
