import { describe, expect, it } from "vitest";
import { localContext } from "../../testing/local-context.js";
import type { WorkflowInput } from "./workflow-schema.js";
import { workflowTask } from "./workflow-task.js";

const task = workflowTask();
const context = localContext();
const issuesOf = async (schema: "input" | "output", value: unknown) => {
  const result = await task[schema]["~standard"].validate(value);
  return (result.issues ?? []).map(({ path = [], message }) => `${path.map(String).join(".")}: ${message}`);
};
const answer = (input: WorkflowInput) => Promise.resolve(task.local?.(input, context));
const steps = (...types: string[]) => ({
  workflow: { steps: types.map((type) => ({ type, description: "x" })) },
  explanation: "x",
});

describe("input", () => {
  it.each([
    [{}, "description: describe what the workflow should do"],
    [{ description: "  " }, "description: describe what the workflow should do"],
    [{ description: 3 }, "description: describe what the workflow should do"],
    [[], ": send an object with a description"],
    [
      { description: "x", context: { experience_level: "wizard" } },
      'context.experience_level: use "beginner" or "advanced"',
    ],
    [{ description: "x", context: { tools: "slack" } }, "context.tools: must be a list of tool names"],
    [
      { description: "x", context: { tools: Array(51).fill("slack") } },
      "context.tools: name at most 50 tools",
    ],
    [
      { description: "x", context: { tools: ["x".repeat(201)] } },
      "context.tools.0: use at most 200 characters",
    ],
  ])("%j", async (input, issue) => {
    expect(await issuesOf("input", input)).toEqual([issue]);
  });

  it("takes long descriptions and drops unknown keys", async () => {
    const description = "x".repeat(20_000);
    const result = await task.input["~standard"].validate({
      description,
      role: "admin",
      context: { nope: 1 },
    });
    expect(result).toEqual({ value: { description, context: {} } });
  });
});

describe("output", () => {
  it.each([
    [steps("trigger"), []],
    [steps("trigger", "condition", "action", "action"), []],
    [steps("action", "trigger"), ["workflow.steps: the first step must be the trigger"]],
    [steps("trigger", "trigger"), ["workflow.steps: there must be exactly one trigger"]],
  ])("%j", async (output, issues) => {
    expect(await issuesOf("output", output)).toEqual(issues);
  });

  it("reads null as no service", async () => {
    const output = {
      workflow: { steps: [{ type: "trigger", service: null, description: "x" }] },
      explanation: "x",
    };
    expect(await issuesOf("output", output)).toEqual([]);
  });

  it("names only services of the catalogue", async () => {
    const check = (service: string) =>
      task.check?.(
        { workflow: { steps: [{ type: "trigger", service, description: "x" }] }, explanation: "x" },
        { description: "x" },
      );
    expect(check("gmail")).toBeUndefined();
    expect(check("slackk")).toContain('"slackk"');
  });

  it("has a JSON Schema for models", () => {
    expect(task.outputJsonSchema).toMatchObject({ type: "object", required: ["workflow", "explanation"] });
  });
});

describe("local answer", () => {
  const description = "When a new lead fills a form, add a row to a Google Sheet";

  it("fits the output schema and the check", async () => {
    const output = await answer({ description, context: { tools: ["forms", "sheets"] } });
    expect(await issuesOf("output", output)).toEqual([]);
    expect(output).toMatchObject({
      workflow: {
        steps: [
          { type: "trigger", service: "forms", description: "When a new lead fills a form" },
          { type: "action", service: "google_sheets", description: "Add a row to a Google Sheet" },
        ],
      },
    });
  });

  it("explains more to beginners than to the advanced", async () => {
    const explanation = async (experience_level?: "beginner" | "advanced") =>
      ((await answer({ description, context: { experience_level } })) as { explanation: string }).explanation;
    const [beginner, plain, advanced] = [
      await explanation("beginner"),
      await explanation(),
      await explanation("advanced"),
    ];
    expect(beginner.length).toBeGreaterThan(plain.length);
    expect(plain.length).toBeGreaterThan(advanced.length);
    expect(beginner).toContain("Connect Google Sheets first");
  });

  it("asks for what is missing", async () => {
    expect(await answer({ description: "Send a message" })).toMatchObject({
      explanation: expect.stringContaining("Which chat app should “Send a message” use?"),
    });
  });
});

describe("prompt", () => {
  it("is short and lists only services that can matter", async () => {
    const { system = "", messages } = await task.prompt(
      {
        description: "When a [PERSON_k3f9_0001] pays in Stripe, post to slck",
        context: { tools: ["sheets"] },
      },
      context,
    );
    expect(system).toContain("google_sheets, stripe, slack");
    expect(system).not.toContain("hubspot");
    expect(system.length).toBeLessThan(1200);
    expect(messages).toEqual([
      { role: "user", content: "When a [PERSON_k3f9_0001] pays in Stripe, post to slck" },
    ]);
  });
});
