"use client";

import { type UseBuiltInTask, type UseTaskOptions, useTask } from "./use-task.js";

/**
 * Explains an error: `start({ error_type, message, context })`, then `data.summary` and `data.steps_to_fix`.
 *
 * @throws Error without an {@link AiProvider}
 */
export function useDebugAssistant(options?: UseTaskOptions): UseBuiltInTask<"debug"> {
  return useTask("debug", options);
}
