import { builtInPaths } from "../tasks/built-in-paths.js";

/** Where a task's endpoint is: what the product says, else what is known of the built-in tasks, else its name. */
export function taskPath(task: string, own: Readonly<Record<string, string>> = {}): string {
  const known: Readonly<Record<string, string>> = { ...builtInPaths, ...own };
  const path = Object.hasOwn(known, task) ? known[task] : undefined;
  return path ?? encodeURIComponent(task);
}
