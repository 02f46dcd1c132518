/** What users of a page usually ask about. */
export interface PageHint {
  /** For the model's instructions. */
  readonly hint: string;
  /** For the user, when there is nothing better to say: one sentence. @default no suggestion */
  readonly suggestion?: string | undefined;
}

/** Hints for the pages that most products have. */
export const builtInPages: Readonly<Record<string, PageHint>> = {
  dashboard: {
    hint: "The user looks at the dashboard: help to find things, read the state of workflows and choose the next step.",
    suggestion:
      "From the dashboard you can connect a tool, describe a new workflow or look at the last runs.",
  },
  pricing: {
    hint: "The user compares plans: answer with exact prices and limits from the documents, and recommend no plan without a reason.",
    suggestion: "On this page you can compare what the plans cost and what they include.",
  },
  trial: {
    hint: "The user wonders about the trial: be exact about its length, what is charged and when, and how to cancel.",
    suggestion: "On this page you can read how the trial works and how to cancel it.",
  },
  workflows: {
    hint: "The user builds workflows: help with triggers, conditions and actions, and suggest one sentence to describe the workflow.",
    suggestion: "Describe your workflow in one sentence: “When …, if …, then …”.",
  },
  debug: {
    hint: "The user has an error: ask for service, status and message when they are missing, and give steps to try.",
    suggestion: "Paste the error's message here, with the service and the HTTP status if you have them.",
  },
};
