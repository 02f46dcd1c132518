"use client";

import { type UseBuiltInTask, type UseTaskOptions, useTask } from "./use-task.js";

/**
 * Builds a workflow from a sentence: `start({ description, context })`, then `data.workflow.steps`.
 *
 * @throws Error without an {@link AiProvider}
 */
export function useWorkflowBuilder(options?: UseTaskOptions): UseBuiltInTask<"workflow"> {
  return useTask("workflow", options);
}
