import type { OnboardingContext } from "./onboarding-schema.js";
import type { ChecklistItem, OnboardingStages } from "./onboarding-stage.js";

/** The items of a stage that the context does not say are done. */
export const openItems = (
  stages: OnboardingStages,
  name: string,
  context: OnboardingContext,
): readonly ChecklistItem[] =>
  (stages[name]?.checklist ?? []).filter(
    ({ doneWhen }) => doneWhen === undefined || context[doneWhen] !== true,
  );

/** The stages that have to come before one, its own requirements' first, each once. */
function requiredStages(stages: OnboardingStages, name: string): string[] {
  const found = new Set<string>();
  const visit = (stage: string): void => {
    for (const other of stages[stage]?.requires ?? []) {
      if (found.has(other)) continue;
      visit(other);
      found.add(other);
    }
  };
  visit(name);
  return [...found];
}

/** What still blocks a stage: required stages with items that are known to be open, in the order to do them. */
export const openRequirements = (
  stages: OnboardingStages,
  name: string,
  context: OnboardingContext,
): { readonly name: string; readonly items: readonly ChecklistItem[] }[] =>
  requiredStages(stages, name)
    .map((required) => ({
      name: required,
      items: openItems(stages, required, context).filter(({ doneWhen }) => doneWhen !== undefined),
    }))
    .filter(({ items }) => items.length > 0);
