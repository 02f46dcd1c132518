"use client";

import { type UseBuiltInTask, useTask } from "./use-task.js";

/** Options of {@link useAiSearch}. */
export interface UseAiSearchOptions {
  /** Reads type, owner, status and dates out of the words, and answers with the query as it was read. @default false */
  readonly filters?: boolean | undefined;
}

/**
 * Searches the product's documents: `start({ query })`, then `data.results`. It may be started while somebody types: a
 * search that is still loading is aborted. Each start counts for the gateway's rate limit (20 a minute for a user,
 * unless the gateway says otherwise), so wait for a pause in the typing or raise the limit.
 *
 * @throws Error without an {@link AiProvider}
 */
export function useAiSearch(options?: {
  readonly filters?: false | undefined;
}): UseBuiltInTask<"semantic_search">;
/**
 * Searches with filters that it reads from the words ("open invoices from Anna since March"): `start({ query })`, then
 * `data.structured_query` and `data.results`.
 *
 * @throws Error without an {@link AiProvider}
 */
export function useAiSearch(options: { readonly filters: true }): UseBuiltInTask<"intelligent_search">;
/**
 * One of the two, as a value says: `"structured_query" in data` tells which answered. What was found is forgotten when
 * the value changes.
 *
 * @throws Error without an {@link AiProvider}
 */
export function useAiSearch(
  options: UseAiSearchOptions,
): UseBuiltInTask<"semantic_search"> | UseBuiltInTask<"intelligent_search">;
export function useAiSearch({
  filters = false,
}: UseAiSearchOptions = {}): UseBuiltInTask<"semantic_search" | "intelligent_search"> {
  return useTask<"semantic_search" | "intelligent_search">(
    filters ? "intelligent_search" : "semantic_search",
  );
}
