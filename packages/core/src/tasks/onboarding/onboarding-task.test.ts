import { describe, expect, it } from "vitest";
import type { Task } from "../../define-task.js";
import { isGatewayError } from "../../errors/gateway-error.js";
import { localContext } from "../../testing/local-context.js";
import { builtInStages } from "./built-in-stages.js";
import type { OnboardingOutput } from "./onboarding-schema.js";
import { onboardingTask } from "./onboarding-task.js";

const context = localContext();
const task = onboardingTask();
function answer<Input>(
  asked: Task<"onboarding", Input, Input, OnboardingOutput>,
  input: Input,
): OnboardingOutput {
  if (asked.local === undefined) throw new Error("no local answer");
  return asked.local(input, context) as OnboardingOutput;
}
const stages = Object.keys(builtInStages) as (keyof typeof builtInStages)[];
const flags = [false, true].flatMap((tool) =>
  [false, true].map((run) => ({ has_connected_tool: tool, has_run_workflow: run })),
);

describe("built-in stages", () => {
  it.each(stages.flatMap((stage) => flags.map((done) => [stage, done] as const)))(
    "%s with %j",
    async (stage, done) => {
      const output = answer(task, { stage, context: done });
      expect((await task.output["~standard"].validate(output)).issues).toBeUndefined();
      const flagged = builtInStages[stage].checklist.flatMap((item) =>
        "doneWhen" in item && done[item.doneWhen] ? [item.text] : [],
      );
      expect(output.checklist.filter((item) => flagged.some((text) => item.endsWith(text)))).toEqual([]);
      expect(new Set(output.checklist).size).toBe(output.checklist.length);
    },
  );

  it("ask for what they build on first, under its name, and say why", () => {
    const { checklist, tips } = answer(task, { stage: "invite_team" });
    expect(checklist).toEqual([
      "Connect your first tool: Open the list of tools and choose the one where your work starts",
      "Connect your first tool: Sign in to the tool and grant the permissions it asks for",
      "Run your first workflow: Run the workflow once with test data",
      "Invite the people who will use or change the workflows",
      "Agree who looks after failed runs",
    ]);
    expect(tips[0]).toBe(
      "“Bring your team” builds on “Connect your first tool” and “Run your first workflow”: what is open there comes first.",
    );
  });

  it("are their own items only when what they build on is done", () => {
    const done = { has_connected_tool: true, has_run_workflow: true };
    expect(answer(task, { stage: "invite_team", context: done })).toEqual({
      checklist: [
        "Invite the people who will use or change the workflows",
        "Agree who looks after failed runs",
      ],
      tips: builtInStages.invite_team.tips,
    });
  });

  it("takes nothing as done without a context", () => {
    const { checklist } = answer(task, { stage: "first_login" });
    expect(checklist).toHaveLength(3);
  });
});

describe("own stages", () => {
  const own = onboardingTask({
    stages: {
      import_data: {
        title: "Import your data",
        checklist: [{ text: "Upload a CSV file", doneWhen: "has_imported" }],
        tips: ["A hundred rows are enough."],
      },
      share: {
        title: "Share a report",
        checklist: [{ text: "Share the link", doneWhen: "has_shared" }],
        tips: ["Links can expire."],
      },
    },
  });
  const checklist = (done: Record<string, boolean>) =>
    answer(own, { stage: "import_data", context: done }).checklist;

  it("ask for what is open", () => {
    expect(checklist({ has_imported: false })).toEqual(["Upload a CSV file"]);
  });

  it("go on to the next stage when one is done", () => {
    expect(checklist({ has_imported: true })).toEqual([
      "This stage is done. Next: Share a report",
      "Share the link",
    ]);
  });

  it("say so when everything is done", () => {
    expect(checklist({ has_imported: true, has_shared: true })).toEqual([
      "Everything in “Import your data” is done: open your workflows and build the next one",
    ]);
  });

  it("accept their own flags and drop others", async () => {
    const result = await own.input["~standard"].validate({
      stage: "share",
      context: { has_shared: true, has_run_workflow: false, nope: true },
    });
    expect(result).toEqual({
      value: { stage: "share", context: { has_shared: true, has_run_workflow: false } },
    });
  });

  it("change the version, and so the cache key", () => {
    expect(own.version).not.toBe(task.version);
    expect(onboardingTask().version).toBe(task.version);
  });
});

describe("input", () => {
  it.each([
    [{ stage: "no_such_stage" }, /^use one of first_login, connect_first_tool, /],
    [{}, /^use one of/],
    [{ stage: "first_login", context: { has_connected_tool: "yes" } }, /^must be true or false$/],
    [{ stage: "toString" }, /^use one of/],
  ])("%j", async (input, message) => {
    const { issues } = await task.input["~standard"].validate(input);
    expect(issues?.map((issue) => issue.message)).toEqual([expect.stringMatching(message)]);
  });
});

it.each([
  [{}],
  [{ a: { title: "A", checklist: [], tips: ["x"] } }],
  [{ a: { title: "A", checklist: [{ text: "x" }], tips: [] } }],
  [{ a: { title: " ", checklist: [{ text: "x" }], tips: ["x"] } }],
])("refuses stages without content: %j", (broken) => {
  let caught: unknown;
  try {
    onboardingTask({ stages: broken });
  } catch (error) {
    caught = error;
  }
  expect(isGatewayError(caught, "invalid_config") && caught.details.problems).toHaveLength(1);
});
