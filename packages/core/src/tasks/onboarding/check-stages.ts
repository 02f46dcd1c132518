import { invalidConfig } from "../../errors/invalid-config.js";
import type { OnboardingStages } from "./onboarding-stage.js";

/** Most items, and most tips, of a stage and of an answer. */
export const mostItems = 20;
const stageKeys = ["title", "checklist", "tips", "requires"];

/**
 * Checks stages.
 *
 * @throws `invalid_config` with every mistake.
 */
export function checkStages(subject: string, stages: OnboardingStages): void {
  const problems = shapeProblems(stages);
  if (problems.length === 0) problems.push(...orderProblems(stages));
  if (problems.length > 0) throw invalidConfig(subject, problems);
}

// Written out, without a schema library, because pages load it too.
function shapeProblems(stages: unknown): string[] {
  const entries = isObject(stages) ? Object.entries(stages) : [];
  if (entries.length === 0) return ["stages: give at least one stage"];
  return entries.flatMap(([name, stage]) =>
    isObject(stage)
      ? stageProblems(stage).map((problem) => `stages.${name}.${problem}`)
      : [`stages.${name}: must be an object`],
  );
}

function stageProblems(stage: Readonly<Record<string, unknown>>): string[] {
  const { title, checklist, tips, requires = [] } = stage;
  const problems: string[] = [];
  if (!isText(title)) problems.push("title: write a title");
  if (!isList(checklist, isItem)) problems.push(`checklist: give 1 to ${mostItems} items, each with text`);
  if (!isList(tips, isText)) problems.push(`tips: give 1 to ${mostItems} tips, each with text`);
  if (!(Array.isArray(requires) && requires.every(isText)))
    problems.push("requires: must be a list of names of stages");
  const unknown = Object.keys(stage).filter((key) => !stageKeys.includes(key));
  return [...problems, ...unknown.map((key) => `${key}: there is no such field; check its spelling`)];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === "string" && value.trim() !== "";
const isItem = (value: unknown) =>
  isObject(value) && isText(value["text"]) && (value["doneWhen"] === undefined || isText(value["doneWhen"]));
const isList = (value: unknown, isEntry: (entry: unknown) => boolean) =>
  Array.isArray(value) && value.length > 0 && value.length <= mostItems && value.every(isEntry);

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
