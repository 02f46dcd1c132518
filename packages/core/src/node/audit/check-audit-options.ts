import * as z from "zod";
import { implementationSchema } from "../../errors/implementation-schema.js";
import { invalidConfig } from "../../errors/invalid-config.js";
import { optionProblems } from "../../errors/option-problems.js";

/** @throws `invalid_config` with every mistake, naming the option and never its value. */
export function checkAuditOptions(
  schema: z.ZodType,
  options: unknown,
  subject = "The audit can't be set up",
): void {
  const problems = optionProblems(schema, options ?? {});
  if (problems.length > 0) throw invalidConfig(subject, problems);
}

const missingOr = (fault: string) => ({
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? "is missing" : fault),
});

/** Path of a file or folder. */
export const pathOption = z.string(missingOr("must be a text")).min(1, "must not be empty");

/** The sink that another one hands its records to. */
export const sinkOption = implementationSchema("write").nonoptional("is missing");

/** A function that can't be left out. */
export const functionOption = z.custom(
  (value) => typeof value === "function",
  missingOr("must be a function"),
);

/** A whole number of 1 or more. */
export const countOption = z.int("must be an integer of 1 or more").min(1, "must be an integer of 1 or more");

/** Milliseconds; may be without end. */
export const durationOption = z.custom<number>(
  (value) => typeof value === "number" && value > 0,
  "must be more than 0",
);

/** Where a sink gets its time from. */
export const clockOption = implementationSchema("now", "monotonic", "setTimer");
