import type { OnboardingStages } from "./onboarding-stage.js";

/**
 * The stages of a workflow product, from the first login to a whole team. Running a workflow does not require the stage
 * that creates one: no flag tells whether a workflow exists that has never run.
 */
export const builtInStages = {
  first_login: {
    title: "Get to know your workspace",
    checklist: [
      { text: "Look around: the dashboard shows your tools, your workflows and their last runs" },
      {
        text: "Connect the first tool you use every day, for example your email or chat",
        doneWhen: "has_connected_tool",
      },
      { text: "Describe your first workflow in one sentence and run it once", doneWhen: "has_run_workflow" },
    ],
    tips: [
      "Start with one small job that you do by hand every week; it pays off soonest.",
      "Stuck? Ask the help panel on any page: it knows which page you are on.",
    ],
  },
  connect_first_tool: {
    title: "Connect your first tool",
    checklist: [
      {
        text: "Open the list of tools and choose the one where your work starts",
        doneWhen: "has_connected_tool",
      },
      { text: "Sign in to the tool and grant the permissions it asks for", doneWhen: "has_connected_tool" },
      { text: "Check that the tool shows as connected, then send it a test" },
    ],
    tips: [
      "Connect with an account that stays: when a colleague leaves, their connections stop.",
      "Grant only what your workflows need; permissions can be widened later.",
    ],
  },
  create_first_workflow: {
    title: "Create your first workflow",
    requires: ["connect_first_tool"],
    checklist: [
      { text: "Connect a tool for the workflow to use", doneWhen: "has_connected_tool" },
      { text: 'Describe the workflow in a sentence: "When …, then …"', doneWhen: "has_run_workflow" },
      { text: "Read the steps: one trigger first, conditions before the actions that they guard" },
      { text: "Answer what is still open, then save the workflow" },
    ],
    tips: [
      "Name the apps in your sentence (“in Gmail”, “to Slack”): the steps become exact.",
      "Add an “if …” when the workflow should not run for everything.",
    ],
  },
  run_first_workflow: {
    title: "Run your first workflow",
    requires: ["connect_first_tool"],
    checklist: [
      { text: "Connect every tool that the workflow uses", doneWhen: "has_connected_tool" },
      { text: "Run the workflow once with test data", doneWhen: "has_run_workflow" },
      { text: "Look at the result in each app, then switch the workflow on" },
    ],
    tips: [
      "Test with your own address or a private channel first, so that nobody else is disturbed.",
      "When a step fails, paste its error into the debug assistant.",
    ],
  },
  invite_team: {
    title: "Bring your team",
    requires: ["run_first_workflow"],
    checklist: [
      { text: "Connect the tools that the team shares", doneWhen: "has_connected_tool" },
      { text: "Run one workflow yourself, so that you can show what it does", doneWhen: "has_run_workflow" },
      { text: "Invite the people who will use or change the workflows" },
      { text: "Agree who looks after failed runs" },
    ],
    tips: [
      "Give each workflow an owner and a name that says what it does.",
      "Two or three people are enough to begin with; the rest follow when it works.",
    ],
  },
} as const satisfies OnboardingStages;

/** Name of a built-in stage. */
export type BuiltInStage = keyof typeof builtInStages;
