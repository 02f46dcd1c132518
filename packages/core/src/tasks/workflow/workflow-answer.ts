import type { ServiceNames } from "../services/service-names.js";
import { compileWorkflow } from "./compile-workflow.js";
import { explainWorkflow } from "./explain-workflow.js";
import type { WorkflowInput, WorkflowOutput } from "./workflow-schema.js";

/** Compiles a description into steps and tells what they do. */
export function workflowAnswer({ description, context }: WorkflowInput, names: ServiceNames): WorkflowOutput {
  const compiled = compileWorkflow(description, context?.tools, names);
  return { workflow: { steps: compiled.steps }, explanation: explainWorkflow(compiled, context, names) };
}
