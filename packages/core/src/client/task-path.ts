/** Endpoints of the built-in tasks that are not found under their own name. */
export const builtInPaths = {
  semantic_search: "search",
  intelligent_search: "search/intelligent",
  get_recommendations: "recommendations",
} as const;

/** Where a task's endpoint is: what the product says, else what is known of the built-in tasks, else its name. */
export function taskPath(task: string, own: Readonly<Record<string, string>> = {}): string {
  const known: Readonly<Record<string, string>> = { ...builtInPaths, ...own };
  const path = Object.hasOwn(known, task) ? known[task] : undefined;
  return path ?? encodeURIComponent(task);
}
