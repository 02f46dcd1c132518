import type { WorkflowStep } from "../components/workflow-step.js";

/** The start page's example: a sentence, and the steps that the workflow builder makes of it. */
export const sampleWorkflow: { readonly sentence: string; readonly steps: readonly WorkflowStep[] } = {
  sentence:
    "When a lead fills in the contact form, if the company has more than 20 people, add a row to the Google Sheet and tell #sales in Slack",
  steps: [
    { type: "trigger", service: "forms", description: "When a lead fills in the contact form" },
    { type: "condition", description: "If the company has more than 20 people" },
    { type: "action", service: "google_sheets", description: "Add a row to the Google Sheet" },
    { type: "action", service: "slack", description: "Tell #sales in Slack" },
  ],
};
