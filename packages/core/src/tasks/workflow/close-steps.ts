import { shorten } from "../shorten.js";
import type { WorkflowStep } from "./workflow-schema.js";

/** Steps that end in an action, and what the conditions after it leave open. */
export interface ClosedSteps {
  readonly steps: readonly WorkflowStep[];
  readonly questions: readonly string[];
}

/** Takes conditions that guard nothing off the end; each becomes a question, in the user's words. */
export function closeSteps(steps: readonly WorkflowStep[]): ClosedSteps {
  const end = steps.findLastIndex(({ type }) => type !== "condition") + 1;
  return {
    steps: steps.slice(0, end),
    questions: steps.slice(end).map(({ description }) => askWhatThen(description)),
  };
}

/** Asks what a condition is for. */
export const askWhatThen = (condition: string): string =>
  `What should happen in this case: “${shorten(condition, 80)}”?`;
