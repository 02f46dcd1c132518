import type { Caller } from "../pipeline/task-call.js";

/**
 * Who may run a task: `anyone` (also anonymous visitors), `authenticated` (has a `userId`), callers with one of `roles`,
 * those of one of `tenants`, those with both where a rule names both, or a function's own verdict.
 */
export type AccessRule =
  | "anyone"
  | "authenticated"
  | { readonly roles: readonly string[]; readonly tenants?: readonly string[] | undefined }
  | { readonly tenants: readonly string[]; readonly roles?: undefined }
  | ((caller: Caller) => boolean | Promise<boolean>);
