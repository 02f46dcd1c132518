"use client";

import { type UseBuiltInTask, type UseTaskOptions, useTask } from "./use-task.js";

/**
 * Tells a new user what to do next: `start({ stage, context })`, then `data.checklist` and `data.tips`.
 *
 * @throws Error without an {@link AiProvider}
 */
export function useOnboarding(options?: UseTaskOptions): UseBuiltInTask<"onboarding"> {
  return useTask("onboarding", options);
}
