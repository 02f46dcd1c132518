import { checkStages } from "./check-stages.js";
import type { OnboardingStage, OnboardingStages } from "./onboarding-stage.js";

/**
 * Declares a product's onboarding stages: checked where they are written, with names that TypeScript knows. Pass the
 * result to `onboardingTask`; the same object can name the stages on a page.
 *
 * @throws `invalid_config` with every mistake: an empty title, checklist or tip, a `requires` that names no stage, or
 * stages that wait for each other.
 * @example
 * const stages = defineStages({
 *   import_data: {
 *     title: "Import your data",
 *     checklist: [{ text: "Upload a CSV file", doneWhen: "has_imported" }],
 *     tips: ["A hundred rows are enough to try it."],
 *   },
 *   share_report: {
 *     title: "Share a report",
 *     requires: ["import_data"],
 *     checklist: [{ text: "Send the link to a colleague", doneWhen: "has_shared" }],
 *     tips: ["Links can expire."],
 *   },
 * });
 */
export function defineStages<const Stages extends OnboardingStages>(
  stages: Stages & Readonly<Record<keyof Stages, OnboardingStage<keyof Stages & string>>>,
): Stages {
  checkStages("Onboarding stages", stages);
  return stages;
}
