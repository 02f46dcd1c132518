import * as z from "zod";
import { resolveBudgetOptions } from "../budget/budget-options.js";
import { isGatewayError } from "../errors/gateway-error.js";
import { invalidConfig } from "../errors/invalid-config.js";
import { optionProblems } from "../errors/option-problems.js";
import { resolveSwitches } from "../kill-switch/switches.js";
import { once } from "../once.js";
import { resolveRateLimits } from "../rate-limit/rate-limit-options.js";
import { checkRoutes } from "../route/routes.js";
import type { FlagValue, PolicyDocument } from "./policy-document.js";

/** Flags are noted in every decision record: they stay few. */
const maxFlags = 100;

/** A section whose values others check. A misspelt name would be no limit at all. */
const section = (...names: readonly string[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, z.unknown().optional()]))).optional();
const documentSchema = once(() => {
  const flagRule = z.strictObject({
    value: z.json() as z.ZodType<FlagValue>,
    otherwise: (z.json() as z.ZodType<FlagValue>).optional(),
    tenants: z.array(z.string(), "must be a list of tenant ids").optional(),
    percent: z
      .number("must be a number")
      .min(0, "must be 0 or more")
      .max(100, "must be 100 or less")
      .optional(),
  });
  return z.strictObject(
    {
      version: z.int("must be an integer").min(1, "must be 1 or more"),
      switches: section("gateway", "tenants", "tasks", "providers"),
      limits: section("perUser", "perIp", "perTenant", "perTask", "leaseMs"),
      budget: section("gateway", "tenant", "user", "task", "timeZone", "onExceeded", "alertAt"),
      routes: section("default", "tasks", "stickyBy"),
      flags: z
        .record(z.string(), flagRule, "must be an object of flags")
        .refine((flags) => Object.keys(flags).length <= maxFlags, `must be ${maxFlags} flags at most`)
        .optional(),
    },
    { error: ({ code }) => (code === "invalid_type" ? "must be a JSON object" : undefined) },
  );
});

/**
 * Checks a document as it came from its source, every section by the rules of those who take it.
 *
 * @throws `invalid_config` with every mistake; a value is never quoted
 */
export function readPolicy(found: unknown, targetNames: readonly string[]): PolicyDocument {
  const shape = optionProblems(z.strictObject({ policy: documentSchema() }), { policy: found });
  if (shape.length > 0) throw invalidConfig("The policy stays as it was", shape);
  const document = documentSchema().parse(found) as PolicyDocument;
  const { switches, limits, budget, routes } = document;
  const problems = [
    ...problemsOf("switches", () => switches && resolveSwitches(switches)),
    ...problemsOf("limits", () => limits && resolveRateLimits(limits)),
    ...problemsOf("budget", () => budget && resolveBudgetOptions(budget)),
    ...(routes === undefined ? [] : checkRoutes(routes, targetNames)),
  ];
  if (problems.length > 0) throw invalidConfig("The policy stays as it was", problems);
  return document;
}

function problemsOf(section: string, check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!isGatewayError(error, "invalid_config")) throw error;
    return error.details.problems.map((problem) => `${section}.${problem}`);
  }
}
