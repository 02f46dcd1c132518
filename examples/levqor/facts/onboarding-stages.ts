import { defineStages } from "@levqor/core";

/** How people get started with Levqor. The gateway answers from it, and the tutor names the stages after it. */
export const onboardingStages = defineStages({
  first_login: {
    title: "First steps",
    checklist: [
      { text: "Look around: the dashboard shows your tools, your workflows and their last runs" },
      { text: "Connect the tool you use most, under Settings → Tools", doneWhen: "has_connected_tool" },
      { text: "Describe a routine job in one sentence under New workflow", doneWhen: "has_run_workflow" },
      { text: "Run it once with the Test button", doneWhen: "has_run_workflow" },
    ],
    tips: [
      "Start with one small job that you do by hand every week; it pays off soonest.",
      "The help panel knows which page you are on. Ask it anything.",
    ],
  },
  connect_first_tool: {
    title: "Connect a tool",
    checklist: [
      {
        text: "Open Settings → Tools and choose the tool where your work starts",
        doneWhen: "has_connected_tool",
      },
      { text: "Sign in at the tool and approve what Levqor may do", doneWhen: "has_connected_tool" },
      { text: "Check that the tool is marked as connected" },
    ],
    tips: [
      "Connect with an account that stays: when a colleague leaves, their connections stop.",
      "Levqor keeps a token, never your password, and you can disconnect at any time.",
    ],
  },
  create_first_workflow: {
    title: "Create a workflow",
    requires: ["connect_first_tool"],
    checklist: [
      { text: "Connect a tool for the workflow to use", doneWhen: "has_connected_tool" },
      { text: "Write a sentence with “when” and “then” under New workflow", doneWhen: "has_run_workflow" },
      { text: "Read the steps: one trigger, then conditions and actions" },
      { text: "Switch the workflow on" },
    ],
    tips: [
      "Name the apps in your sentence (“in Gmail”, “to Slack”), and the steps become exact.",
      "Add an “if” when the workflow should not run for everything.",
    ],
  },
  run_first_workflow: {
    title: "Run a workflow",
    requires: ["connect_first_tool"],
    checklist: [
      { text: "Connect every tool that the workflow uses", doneWhen: "has_connected_tool" },
      { text: "Press Test, and look at what each step received and returned", doneWhen: "has_run_workflow" },
      { text: "Open the run history and look at the first real run" },
    ],
    tips: [
      "Test with your own address first, so that nobody else is disturbed.",
      "When a step fails, paste its error into the debug assistant.",
    ],
  },
  invite_team: {
    title: "Invite your team",
    requires: ["run_first_workflow"],
    checklist: [
      { text: "Connect the tools that the team shares", doneWhen: "has_connected_tool" },
      { text: "Run one workflow yourself, so that you can show what it does", doneWhen: "has_run_workflow" },
      { text: "Invite people under Settings → Team and give each a role" },
      { text: "Agree who looks after failed runs" },
    ],
    tips: [
      "Give each workflow an owner and a name that says what it does.",
      "Two or three people are enough to begin.",
    ],
  },
});
