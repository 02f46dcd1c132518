import * as z from "zod";
import { invalidConfig } from "../errors/invalid-config.js";
import { optionProblems } from "../errors/option-problems.js";
import type { ChaosPlan } from "./chaos-plan.js";

const count = z.int("must be an integer").min(0, "must be 0 or more").optional();
const milliseconds = z.number("must be a number").min(0, "must be 0 or more");
const status = z.int("must be an integer").min(400, "must be 400 to 599").max(599, "must be 400 to 599");
const time = {
  calls: z.array(z.int("must be an integer").min(1, "the first call is number 1")).optional(),
  rate: z.number("must be a number").min(0, "must be 0 to 1").max(1, "must be 0 to 1").optional(),
};

const planSchema = z.array(
  z.discriminatedUnion(
    "fault",
    [
      z.strictObject({ fault: z.literal("cut"), after: count, ...time }),
      z.strictObject({
        fault: z.literal("stall"),
        after: count,
        forMs: milliseconds.optional(),
        ...time,
      }),
      z.strictObject({ fault: z.literal("drip"), everyMs: milliseconds, ...time }),
      z.strictObject({
        fault: z.literal("status"),
        status,
        retryAfterMs: milliseconds.optional(),
        ...time,
      }),
      z.strictObject({ fault: z.literal("malformed"), after: count, ...time }),
      z.strictObject({ fault: z.literal("in-band"), after: count, status: status.optional(), ...time }),
      z.strictObject({ fault: z.literal("wrong-json"), text: z.string().optional(), ...time }),
    ],
    { error: "there is no such fault; check its spelling" },
  ),
);

/**
 * A fault that is misspelt would never strike, and its test would pass.
 *
 * @throws `invalid_config` listing every mistake.
 */
export function checkChaosPlan(plan: ChaosPlan): void {
  const problems = optionProblems(z.strictObject({ plan: planSchema }), { plan });
  if (problems.length > 0) throw invalidConfig("chaosProvider", problems);
}
