import type { AccessRule } from "../../authorize/access-rule.js";
import { defineTask, type Task } from "../../define-task.js";
import { namesWith } from "../services/names-with.js";
import type { ServiceDefinition } from "../services/service-definition.js";
import { textDigest } from "../text-digest.js";
import { checkDebugRules } from "./check-debug-rules.js";
import type { DebugRule } from "./debug-rule.js";
import { type DebugInput, type DebugOutput, debugInputSchema, debugOutputSchema } from "./debug-schema.js";

/** Options of {@link debugTask}. */
export interface DebugTaskOptions {
  /**
   * What is known about the product's own services and errors. A rule of yours that fits stands in front of the
   * built-in ones, and a model is told what it says. @default only the built-in rules
   */
  readonly rules?: readonly DebugRule[] | undefined;
  /**
   * Services of the product's own, the same that `workflowTask` is given: an error that names one is about it, so rules
   * with its id hold without a `service` in the context. @default only the built-in catalogue
   */
  readonly services?: readonly ServiceDefinition[] | undefined;
  /** Who may run it. @default "anyone" */
  readonly allow?: AccessRule | undefined;
  /** Most tokens a model may write. @default 256 */
  readonly maxOutputTokens?: number | undefined;
}

/**
 * Explains an integration error and how to fix it. Without a model, rules do it.
 *
 * @throws `invalid_config` when a rule has no condition or no advice, two have the same id, or a service has a mistake.
 * @example
 * debugTask({
 *   rules: [
 *     {
 *       id: "acme-maintenance",
 *       services: ["acme_crm"],
 *       status: [503],
 *       finding: "Acme is in its nightly maintenance",
 *       causes: ["Acme closes its API between 2 and 3 o'clock UTC"],
 *       fixes: ["Repeat the call to {endpoint} after 3 o'clock UTC"],
 *       prevention: ["Schedule workflows outside that hour"],
 *     },
 *   ],
 * });
 */
export function debugTask(
  options: DebugTaskOptions = {},
): Task<"debug", DebugInput, DebugInput, DebugOutput> {
  const { allow = "anyone", maxOutputTokens = 256 } = options;
  const rules = checkDebugRules(options.rules ?? []);
  const names = namesWith(options.services ?? [], "Debug task");
  const own = names.own.length === 0 ? rules : [rules, names.own];
  return defineTask({
    name: "debug",
    version: own.length === 0 ? "1" : `1.${textDigest(JSON.stringify(own))}`,
    input: debugInputSchema(),
    output: debugOutputSchema(),
    allow,
    maxOutputTokens,
    // Loaded with the first call: most processes make few kinds of calls.
    async prompt(input) {
      const { debugPrompt } = await import("./debug-prompt.js");
      return debugPrompt(input, rules, names);
    },
    async local(input) {
      const { debugAnswer } = await import("./debug-answer.js");
      return debugAnswer(input, rules, names);
    },
  });
}
