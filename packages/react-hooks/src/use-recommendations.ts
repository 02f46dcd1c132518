"use client";

import { type UseBuiltInTask, useTask } from "./use-task.js";

/**
 * Recommends items: `start({ item_ids })` for ones that go with these, `start({})` for the user; then
 * `data.recommendations`, each with a reason.
 *
 * @throws Error without an {@link AiProvider}
 */
export function useRecommendations(): UseBuiltInTask<"get_recommendations"> {
  return useTask("get_recommendations");
}
