import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Task } from "../define-task.js";
import type { InputIssue } from "../errors/error-table.js";
import { GatewayError } from "../errors/gateway-error.js";
import { isPlainKey } from "../is-plain-key.js";
import { mapStrings } from "../map-strings.js";

/** Most issues that are reported, most that the message names, and the longest text of each, characters. */
const maxIssues = 20;
const maxNamed = 3;
const maxText = 200;

/**
 * Checks `input` against the task's schema and returns the typed value, with the schema's defaults and
 * transformations applied.
 *
 * @throws `invalid_input` whose message is one sentence for the caller and whose `details.issues` has at most 20
 * entries; a key of the input that reads like no field's name is somebody's content, and stands as `*` in them. `internal`
 * when the schema itself throws.
 */
export async function validateInput<Input>(
  task: Pick<Task<string, unknown, Input>, "name" | "input">,
  input: unknown,
): Promise<Input> {
  const result = await runSchema(task, input);
  if (result.issues === undefined) return result.value;
  const keys = personalKeys(input);
  const issues = result.issues.slice(0, maxIssues).map((issue) => toInputIssue(issue, keys));
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

/** Longest first: one may hold another. */
function personalKeys(input: unknown): readonly string[] {
  const keys = new Set<string>();
  const note = (key: string) => {
    if (!isPlainKey(key) && key !== "") keys.add(key);
    return key;
  };
  try {
    mapStrings(input, (text) => text, note);
  } catch {
    // Nested too deeply, which the schema has not taken either: the keys so far will do.
  }
  return [...keys].sort((one, other) => other.length - one.length);
}

function toInputIssue(issue: StandardSchemaV1.Issue, keys: readonly string[]): InputIssue {
  const path = (issue.path ?? []).map((part) => {
    const key = typeof part === "object" ? part.key : part;
    return typeof key === "string" && keys.includes(key) ? "*" : String(key);
  });
  const message = keys.reduce((text, key) => text.replaceAll(key, "*"), issue.message);
  return { path: path.join(".").slice(0, maxText), message: message.slice(0, maxText) };
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
