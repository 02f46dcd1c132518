import type { AnyTask } from "./define-task.js";
import { invalidConfig } from "./errors/invalid-config.js";

/**
 * Checks that no two tasks share an endpoint.
 *
 * @throws `invalid_config` naming both tasks.
 */
export function checkTaskPaths(tasks: readonly AnyTask[]): void {
  const problems = tasks.flatMap(({ name, path }, index) => {
    const other = tasks.slice(0, index).find((each) => each.path === path);
    return other === undefined
      ? []
      : [`tasks: "${name}" has the path "${path}" of "${other.name}"; give it another one`];
  });
  if (problems.length > 0)
    throw invalidConfig("The AI gateway can't start with this configuration", problems);
}
