import * as z from "zod";
import { optionProblems } from "../errors/option-problems.js";

/** Weights by a target's name. What counts is their proportion; 0 leaves a target out. */
export type WeightedChoice = Readonly<Record<string, number>>;

/**
 * Where a call goes, tried in order: a target's name, or a weighted choice between several, whose other targets come
 * next when the chosen one fails.
 *
 * @example
 * [{ stable: 90, canary: 10 }, "backup"]
 */
export type Route = readonly (string | WeightedChoice)[];

/** Which targets are tried for which task, in which order. */
export interface Routes {
  /** For each task that has no route of its own. @default all targets, in their order */
  readonly default?: Route | undefined;
  /** Routes by a task's name. */
  readonly tasks?: Readonly<Record<string, Route>> | undefined;
  /**
   * Whose calls get the same target of a weighted choice each time. The other one stands in for a caller who lacks the
   * one named; with neither, each call is drawn by weight.
   *
   * @default "tenant"
   */
  readonly stickyBy?: "tenant" | "user" | undefined;
}

/** The route of a task: its own, else the default, else all targets. */
export function routeOf(routes: Routes, task: string, targetNames: readonly string[]): Route {
  const { tasks = {}, default: byDefault = targetNames } = routes;
  return (Object.hasOwn(tasks, task) ? tasks[task] : undefined) ?? byDefault;
}

/** What is wrong with routes, one line each, saying what to do; nothing when all is well. */
export const checkRoutes = (routes: unknown, targetNames: readonly string[]): string[] =>
  optionProblems(z.strictObject({ routes: routesSchema(targetNames) }), { routes });

/** Makes a copy of routes that holds what was checked, and nothing else: no `__proto__`, nothing that can change. */
export function routesSchema(targetNames: readonly string[]): z.ZodType<Routes> {
  const route = routeSchema(targetNames);
  return z.strictObject(
    {
      default: route.optional(),
      tasks: z.record(z.string(), route, "must be routes by a task's name").optional(),
      stickyBy: z.enum(["tenant", "user"], 'must be "tenant" or "user"').optional(),
    },
    {
      error: ({ code }) =>
        code === "invalid_type" ? "must be an object with `default` or `tasks`" : undefined,
    },
  );
}

const weights = () =>
  z
    .record(z.string(), z.number().min(0, "must be 0 or more"))
    .refine(
      (choice) => Object.values(choice).some((weight) => weight !== 0),
      "needs a weight of more than 0",
    );
const itemShape =
  "must be a target's name, or weights by target such as { stable: 90, canary: 10 }, each a finite number";

const routeSchema = (targetNames: readonly string[]) =>
  z
    .array(
      z.union([z.string(), weights()], itemShape),
      'must be a list of targets, such as ["stable", "backup"]',
    )
    .min(1, "is empty: name a target, or leave the route out")
    .superRefine((route, context) => {
      const seen = new Set<string>();
      for (const [index, item] of route.entries()) {
        for (const name of namesIn(item)) {
          const message = nameProblem(name, { seen, targetNames });
          if (message !== undefined) context.addIssue({ code: "custom", path: [index], message });
          seen.add(name);
        }
      }
    });

const namesIn = (item: Route[number]) => (typeof item === "string" ? [item] : Object.keys(item));

function nameProblem(
  name: string,
  { seen, targetNames }: { seen: ReadonlySet<string>; targetNames: readonly string[] },
): string | undefined {
  if (seen.has(name)) return `names "${name}" again: a route tries each target once, so leave one out`;
  if (targetNames.includes(name)) return undefined;
  const known = targetNames.map((target) => `"${target}"`).join(", ");
  const advice = known === "" ? "add it to `targets`, which is empty" : `use one of ${known}`;
  return `there is no target "${name}": ${advice}`;
}
