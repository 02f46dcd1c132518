import * as z from "zod";
import { invalidConfig } from "../../errors/invalid-config.js";
import { optionProblems } from "../../errors/option-problems.js";
import type { OnboardingStages } from "./onboarding-stage.js";

/** As many as an answer can hold. */
const mostItems = 20;
const text = (message: string) => z.string(message).refine((value) => value.trim() !== "", message);

const checklist = `give 1 to ${mostItems} items, each with text`;
const tips = `give 1 to ${mostItems} tips, each with text`;
const stageSchema = z.strictObject(
  {
    title: text("write a title"),
    checklist: z
      .array(
        z.strictObject(
          { text: text(checklist), doneWhen: text("must be the name of a flag").optional() },
          checklist,
        ),
        checklist,
      )
      .min(1, checklist)
      .max(mostItems, checklist),
    tips: z.array(text(tips), tips).min(1, tips).max(mostItems, tips),
    requires: z.array(text("must be names of stages"), "must be a list of stages").optional(),
  },
  "must be an object",
);
const stagesSchema = z.object({
  stages: z
    .record(z.string(), stageSchema, "must be an object of stages")
    .refine((stages) => Object.keys(stages).length > 0, "give at least one stage"),
});

/**
 * Checks stages.
 *
 * @throws `invalid_config` with every mistake.
 */
export function checkStages(subject: string, stages: OnboardingStages): void {
  const problems = optionProblems(stagesSchema, { stages });
  if (problems.length === 0) problems.push(...orderProblems(stages));
  if (problems.length > 0) throw invalidConfig(subject, problems);
}

function orderProblems(stages: OnboardingStages): string[] {
  const known = new Set(Object.keys(stages));
  const unknown = Object.entries(stages).flatMap(([name, { requires = [] }]) =>
    requires.flatMap((other, index) =>
      known.has(other) ? [] : [`stages.${name}.requires.${index}: use one of ${[...known].join(", ")}`],
    ),
  );
  return [...unknown, ...findCycles(stages)];
}

/** One problem for each circle of stages that wait for each other. */
function findCycles(stages: OnboardingStages): string[] {
  const checked = new Set<string>();
  const problems: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) {
      problems.push(
        `stages.${name}.requires: ${[...path.slice(start), name].join(" → ")} is a circle; take one out`,
      );
    }
    if (start >= 0 || checked.has(name)) return;
    for (const other of stages[name]?.requires ?? []) visit(other, [...path, name]);
    checked.add(name);
  };
  for (const name of Object.keys(stages)) visit(name, []);
  return problems;
}
