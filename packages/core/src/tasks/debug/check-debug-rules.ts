import * as z from "zod";
import { invalidConfig } from "../../errors/invalid-config.js";
import { optionProblems } from "../../errors/option-problems.js";
import { once } from "../../once.js";
import type { DebugRule } from "./debug-rule.js";
import { foldWords } from "./fold-words.js";

const status = "must be whole numbers from 100 to 599";
const nothing = "give at least one, or leave it out";
const placeholders = new Set(["{service}", "{endpoint}", "{status}"]);

const ruleSchema = once(() => {
  const sentence = z
    .string("must be a text")
    .refine((text) => text.trim() !== "", "is empty")
    .refine(
      (text) => (text.match(/\{\w{1,40}\}/gu) ?? []).every((name) => placeholders.has(name)),
      "in braces only {service}, {endpoint} and {status} are known",
    );
  const sentences = z.array(sentence, "must be a list of texts").min(1, "give at least one");

  const phrase = z
    .string("must be a text")
    .refine((text) => foldWords(text).trim() !== "", "has no letter or digit");

  return z
    .strictObject(
      {
        id: z.string("must be a text").refine((id) => id.trim() !== "", "is empty"),
        status: z.array(z.int(status).min(100, status).max(599, status), status).min(1, nothing).optional(),
        services: z
          .array(z.string("must be a text").regex(/^[a-z0-9][a-z0-9_]*$/u, "use lower case with underscores"))
          .min(1, nothing)
          .optional(),
        phrases: z.array(phrase, "must be a list of texts").min(1, nothing).optional(),
        reach: z.enum(["alone", "broad"], 'must be "alone" or "broad"').optional(),
        finding: sentence,
        causes: sentences,
        fixes: sentences,
        prevention: sentences,
      },
      "must be an object",
    )
    .refine(
      (rule) => (rule.status ?? rule.services ?? rule.phrases) !== undefined,
      "say when it holds: give status, services or phrases",
    );
});

/**
 * Checks a product's own rules and brings their phrases into the form that errors are compared in.
 *
 * @throws `invalid_config` with every mistake.
 */
export function checkDebugRules(rules: readonly DebugRule[]): readonly DebugRule[] {
  const problems = optionProblems(z.object({ rules: z.array(ruleSchema(), "must be a list of rules") }), {
    rules,
  });
  const ids = problems.length === 0 ? rules.map(({ id }) => id) : [];
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) !== index) problems.push(`rules.${index}.id: another rule has this id`);
  }
  if (problems.length > 0) throw invalidConfig("Debug task", problems);
  return rules.map((rule) => ({ ...rule, phrases: rule.phrases?.map((text) => foldWords(text).trim()) }));
}
