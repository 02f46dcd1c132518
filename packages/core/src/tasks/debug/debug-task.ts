import type { AccessRule } from "../../authorize/access-rule.js";
import { defineTask, type Task } from "../../define-task.js";
import { debugAnswer } from "./debug-answer.js";
import { debugPrompt } from "./debug-prompt.js";
import { type DebugInput, type DebugOutput, debugInputSchema, debugOutputSchema } from "./debug-schema.js";

/** Options of {@link debugTask}. */
export interface DebugTaskOptions {
  /** Who may run it. @default "anyone" */
  readonly allow?: AccessRule | undefined;
  /** Most tokens a model may write. @default 256 */
  readonly maxOutputTokens?: number | undefined;
}

/** Explains an integration error and how to fix it. Without a model, rules do it. */
export function debugTask(
  options: DebugTaskOptions = {},
): Task<"debug", DebugInput, DebugInput, DebugOutput> {
  const { allow = "anyone", maxOutputTokens = 256 } = options;
  return defineTask({
    name: "debug",
    input: debugInputSchema,
    output: debugOutputSchema,
    allow,
    maxOutputTokens,
    prompt: debugPrompt,
    local: debugAnswer,
  });
}
