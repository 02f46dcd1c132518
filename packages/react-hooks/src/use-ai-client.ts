"use client";

import type { AiClient, TaskClient } from "@levqor/core/client";
import { useAiSession } from "./ai-session.js";

/**
 * The client of the nearest {@link AiProvider}, for calls that no other hook fits. Name the product's own tasks in
 * `Tasks`.
 *
 * @throws Error without a provider
 */
export function useAiClient<Tasks = unknown>(): AiClient<Tasks> {
  // Whoever made the client knows its tasks; a context carries no type parameter.
  return useAiSession("useAiClient").client satisfies TaskClient as AiClient<Tasks>;
}
