import type { LocalContext } from "../define-task.js";
import type { Caller } from "../pipeline/task-call.js";

/** What a local answer is given, for tests that call it without a gateway: nothing is masked, nothing aborts. */
export const localContext = (caller: Caller = {}): LocalContext => ({
  caller,
  signal: new AbortController().signal,
  restore: (value) => value,
});
