import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Task } from "../define-task.js";
import type { InputIssue } from "../errors/error-table.js";
import { GatewayError } from "../errors/gateway-error.js";

/** Most issues that are reported, most that the message names, and the longest text of each, characters. */
const maxIssues = 20;
const maxNamed = 3;
const maxText = 200;

/**
 * Checks `input` against the task's schema and returns the typed value, with the schema's defaults and
 * transformations applied.
 *
 * @throws `invalid_input` whose message is one sentence for the caller and whose `details.issues` has at most 20
 * entries; `internal` when the schema itself throws.
 */
export async function validateInput<Input>(
  task: Pick<Task<string, unknown, Input>, "name" | "input">,
  input: unknown,
): Promise<Input> {
  const result = await runSchema(task, input);
  if (result.issues === undefined) return result.value;
  const issues = result.issues.slice(0, maxIssues).map(toInputIssue);
  throw new GatewayError("invalid_input", describe(issues, result.issues.length), { details: { issues } });
}

async function runSchema<Input>(
  task: Pick<Task<string, unknown, Input>, "name" | "input">,
  input: unknown,
): Promise<StandardSchemaV1.Result<Input>> {
  try {
    const result = await task.input["~standard"].validate(input);
    if (result.issues === undefined && !("value" in result)) throw new TypeError("It returned no result.");
    return result;
  } catch (cause) {
    throw new GatewayError("internal", `The input schema of task "${task.name}" failed. See the cause.`, {
      cause,
    });
  }
}

function toInputIssue(issue: StandardSchemaV1.Issue): InputIssue {
  const keys = (issue.path ?? []).map((part) => String(typeof part === "object" ? part.key : part));
  return { path: keys.join(".").slice(0, maxText), message: issue.message.slice(0, maxText) };
}

function describe(issues: readonly InputIssue[], total: number): string {
  if (total === 0) return "The input is not valid.";
  const named = issues.slice(0, maxNamed).map(({ path, message }) => {
    const words = message.replace(/[.\s]+$/, "");
    return path === "" ? words : `${path}: ${words}`;
  });
  const more = total > named.length ? ` (and ${total - named.length} more)` : "";
  return `${named.join("; ")}${more}.`;
}
