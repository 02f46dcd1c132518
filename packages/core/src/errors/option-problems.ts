import type * as z from "zod";

/** What is wrong with options, one line each, naming the option and never its value; nothing when all is well. */
export function optionProblems(schema: z.ZodType, options: unknown): string[] {
  const result = schema.safeParse(options);
  return result.success ? [] : result.error.issues.flatMap(describeIssue);
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.join(".");
  if (path === "" && issue.code === "invalid_type") return ["options: must be an object"];
  if (issue.code !== "unrecognized_keys") return [`${path}: ${issue.message}`];
  const where = path === "" ? "" : `${path}.`;
  return issue.keys.map((key) => `${where}${key}: there is no such option; check its spelling`);
}
