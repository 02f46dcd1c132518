"use client";

import { type UseBuiltInTask, useTask } from "./use-task.js";

/**
 * Tells a new user what to do next: `start({ stage, context })`, then `data.checklist` and `data.tips`.
 *
 * @throws Error without an {@link AiProvider}
 */
export function useOnboarding(): UseBuiltInTask<"onboarding"> {
  return useTask("onboarding");
}
