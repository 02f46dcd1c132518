import type { AccessRule } from "../../authorize/access-rule.js";
import { defineTask, type Task } from "../../define-task.js";
import { GatewayError } from "../../errors/gateway-error.js";
import { namesWith } from "../services/names-with.js";
import type { ServiceDefinition } from "../services/service-definition.js";
import { textDigest } from "../text-digest.js";
import {
  type WorkflowInput,
  type WorkflowOutput,
  workflowInputSchema,
  workflowOutputSchema,
} from "./workflow-schema.js";
import { writtenWorkflowJsonSchema, writtenWorkflowSchema } from "./written-workflow.js";

/** Options of {@link workflowTask}. */
export interface WorkflowTaskOptions {
  /**
   * Apps of the product's own, beside the built-in catalogue: found in descriptions and in `tools`, named to the model,
   * known to the check. One with the id of a built-in service replaces it. @default only the built-in catalogue
   */
  readonly services?: readonly ServiceDefinition[] | undefined;
  /** Who may run it. @default "anyone" */
  readonly allow?: AccessRule | undefined;
  /** Most tokens a model may write; raise it for long workflows. @default 256 */
  readonly maxOutputTokens?: number | undefined;
}

/**
 * Turns a sentence into workflow steps. Without a model a compiler does it: it splits the sentence, finds the services
 * and keeps the user's words. What a model writes is repaired where it is sure what was meant, else refused.
 *
 * @throws `invalid_config` that lists every mistake in the services: the shape of an id, an empty name, an unknown
 * category, an id given twice, a name that another service has.
 * @example
 * workflowTask({ services: [{ id: "acme_crm", name: "Acme CRM", aliases: ["acme"], category: "crm" }] });
 */
export function workflowTask(
  options: WorkflowTaskOptions = {},
): Task<"workflow", WorkflowInput, WorkflowInput, WorkflowOutput> {
  const { allow = "anyone", maxOutputTokens = 256 } = options;
  const names = namesWith(options.services ?? [], "Workflow task");
  return defineTask({
    name: "workflow",
    version: names.own.length === 0 ? "1" : `1.${textDigest(JSON.stringify(names.own))}`,
    input: workflowInputSchema(),
    output: workflowOutputSchema(),
    allow,
    maxOutputTokens,
    // Loaded with the first call: most processes make few kinds of calls.
    async prompt(input) {
      const { workflowPrompt } = await import("./workflow-prompt.js");
      return workflowPrompt(input, names);
    },
    modelOutput: writtenWorkflowSchema(),
    outputJsonSchema: writtenWorkflowJsonSchema,
    async complete(written, input): Promise<WorkflowOutput> {
      const { repairWorkflow } = await import("./repair-workflow.js");
      const repaired = repairWorkflow(written, input, names);
      if (repaired === undefined)
        throw new GatewayError("invalid_output", "The reply is no workflow, and no repair of it is sure.");
      return repaired;
    },
    async local(input) {
      const { workflowAnswer } = await import("./workflow-answer.js");
      return workflowAnswer(input, names);
    },
    check({ workflow }) {
      const unknown = workflow.steps.find(
        ({ service }) => service !== undefined && names.byId(service) === undefined,
      );
      return unknown && `"${unknown.service}" is not a service of the catalogue`;
    },
  });
}
