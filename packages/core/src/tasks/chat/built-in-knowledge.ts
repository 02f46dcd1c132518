import type { KnowledgeDocument } from "./knowledge-document.js";

/** What can be said about the tasks of the gateway itself; used while a product gives no documents of its own. */
export const builtInKnowledge: readonly KnowledgeDocument[] = [
  {
    title: "What a workflow is",
    pages: ["dashboard", "workflows"],
    text: `A workflow does a job for you whenever something happens. It has one trigger that starts it, conditions that decide whether to go on, and actions that do the work in your tools. For example: when a form is filled in, add a row to a spreadsheet and send a message to the team.`,
  },
  {
    title: "Describe a workflow",
    pages: ["workflows"],
    text: `To create, build or set up a workflow, describe it in one sentence: “When …, if …, then …”. Name the apps you mean, such as Gmail or Slack, so that the steps become exact. You see the steps before anything runs and can change them. Use “every Monday at 9” to run a workflow on a schedule.`,
  },
  {
    title: "Triggers, conditions and actions",
    pages: ["workflows"],
    text: `A trigger is the event that starts a workflow: a new email, a filled form, a webhook or a schedule. A condition lets the steps after it run only when it is true, for example if the amount is over 100. An action does something in an app: send a message, add a row, create a task.`,
  },
  {
    title: "Connect your tools",
    pages: ["dashboard"],
    text: `Connect a tool by signing in to it and granting the permissions that your workflows need. Connected tools are preferred when your description is vague, for example “send a message”. If a connection stops working, connect the tool again: its token has usually expired.`,
  },
  {
    title: "Find the cause of an error",
    pages: ["debug", "dashboard"],
    text: `When a workflow fails, give the debug assistant the error's type and message, and the service, endpoint and HTTP status if you have them. It names probable causes, steps to fix the error and how to prevent it. A 401 means that the credential is not valid; a 429 means too many requests.`,
  },
  {
    title: "First steps",
    pages: ["dashboard"],
    text: `To get started, connect the tool where your work begins, describe one small workflow and run it once with test data. Then invite your team. The onboarding checklist shows what is still to do.`,
  },
];
