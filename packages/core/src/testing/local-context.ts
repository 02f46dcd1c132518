import type { LocalContext, PromptContext } from "../define-task.js";
import type { Caller } from "../pipeline/task-call.js";
import { fence } from "../sanitize/fence.js";

/** What a prompt and a local answer are given, for tests without a gateway: nothing is masked, nothing aborts. */
export const localContext = (caller: Caller = {}): LocalContext & PromptContext => ({
  caller,
  signal: new AbortController().signal,
  restore: (value) => value,
  fence: (text, title) => fence(text, "mark-ofatestofatest", title),
});
