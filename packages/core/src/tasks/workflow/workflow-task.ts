import type { AccessRule } from "../../authorize/access-rule.js";
import { defineTask, type Task } from "../../define-task.js";
import { GatewayError } from "../../errors/gateway-error.js";
import { serviceCatalogue } from "../services/service-catalogue.js";
import { compileWorkflow } from "./compile-workflow.js";
import { explainWorkflow } from "./explain-workflow.js";
import { repairWorkflow } from "./repair-workflow.js";
import { workflowPrompt } from "./workflow-prompt.js";
import {
  type WorkflowInput,
  type WorkflowOutput,
  workflowInputSchema,
  workflowOutputSchema,
} from "./workflow-schema.js";
import { writtenWorkflowJsonSchema, writtenWorkflowSchema } from "./written-workflow.js";

/** Options of {@link workflowTask}. */
export interface WorkflowTaskOptions {
  /** Who may run it. @default "anyone" */
  readonly allow?: AccessRule | undefined;
  /** Most tokens a model may write; raise it for long workflows. @default 256 */
  readonly maxOutputTokens?: number | undefined;
}

const serviceIds = new Set(serviceCatalogue.map(({ id }) => id));

/**
 * Turns a sentence into workflow steps. Without a model a compiler does it: it splits the sentence, finds the services
 * and keeps the user's words. What a model writes is repaired where it is sure what was meant, else refused.
 */
export function workflowTask(
  options: WorkflowTaskOptions = {},
): Task<"workflow", WorkflowInput, WorkflowInput, WorkflowOutput> {
  const { allow = "anyone", maxOutputTokens = 256 } = options;
  return defineTask({
    name: "workflow",
    input: workflowInputSchema,
    output: workflowOutputSchema,
    allow,
    maxOutputTokens,
    prompt: workflowPrompt,
    modelOutput: writtenWorkflowSchema,
    outputJsonSchema: writtenWorkflowJsonSchema,
    complete(written, input): WorkflowOutput {
      const repaired = repairWorkflow(written, input);
      if (repaired === undefined)
        throw new GatewayError("invalid_output", "The reply is no workflow, and no repair of it is sure.");
      return repaired;
    },
    local({ description, context }): WorkflowOutput {
      const compiled = compileWorkflow(description, context?.tools);
      return { workflow: { steps: compiled.steps }, explanation: explainWorkflow(compiled, context) };
    },
    check({ workflow }) {
      const unknown = workflow.steps.find(({ service }) => service !== undefined && !serviceIds.has(service));
      return unknown && `"${unknown.service}" is not a service of the catalogue`;
    },
  });
}
