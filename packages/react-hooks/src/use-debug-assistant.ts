"use client";

import { type UseBuiltInTask, useTask } from "./use-task.js";

/**
 * Explains an error: `start({ error_type, message, context })`, then `data.summary` and `data.steps_to_fix`.
 *
 * @throws Error without an {@link AiProvider}
 */
export function useDebugAssistant(): UseBuiltInTask<"debug"> {
  return useTask("debug");
}
