import type { Caller } from "../pipeline/task-call.js";

/**
 * Who may run a task: `anyone` (also anonymous visitors), `authenticated` (has a `userId`), callers with one of
 * `roles`, or a function's own verdict.
 */
export type AccessRule =
  | "anyone"
  | "authenticated"
  | { readonly roles: readonly string[] }
  | ((caller: Caller) => boolean | Promise<boolean>);
