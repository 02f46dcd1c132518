import type { AnyTask } from "../define-task.js";
import type { ReplyPart } from "./task-call.js";

/** What a stream shows of a reply that is there at once, from the cache or a local answer: its text, if it has one. */
export function shownWhole({ textField }: AnyTask, output: object): ReplyPart<never>[] {
  const text: unknown = textField === undefined ? undefined : Reflect.get(output, textField);
  return typeof text === "string" ? [{ type: "text-delta", delta: text }] : [];
}
