import fc from "fast-check";
import { expect, it } from "vitest";
import { repairWorkflow } from "./repair-workflow.js";
import { workflowOutputSchema } from "./workflow-schema.js";
import { workflowTask } from "./workflow-task.js";
import { writtenWorkflowSchema } from "./written-workflow.js";

const task = workflowTask();
const any = fc.string({ unit: "grapheme", maxLength: 30 });
const step = fc.record({
  type: fc.oneof(
    fc.constantFrom("trigger", "condition", "action", "Filter", "if", "task", "", null, undefined),
    any,
  ),
  service: fc.oneof(
    fc.constantFrom("slack", "Google Sheets", "gmail.send", "foodesk", "", "none", null, undefined),
    any,
  ),
  description: fc.oneof({ weight: 4, arbitrary: fc.constantFrom("Do it", "If so", "Otherwise") }, any),
});
const input = { description: "When a form is sent, post to Slack and save it in foodesk" };

it("what is repaired is a whole workflow, the same every time; the rest is refused", () => {
  let repaired = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.option(any), (steps, explanation) => {
      const written = writtenWorkflowSchema().parse({ workflow: { steps }, explanation });
      const output = repairWorkflow(written, input);
      expect(repairWorkflow(written, input)).toEqual(output);
      if (output === undefined) return;
      repaired++;
      if (output.workflow.steps.length <= 50)
        expect(workflowOutputSchema().safeParse(output).success).toBe(true);
      expect(task.check?.(output, input)).toBeUndefined();
      expect(output.workflow.steps.at(-1)?.type).not.toBe("condition");
    }),
    { numRuns: 500, seed: 1 },
  );
  expect(repaired).toBeGreaterThan(10);
});

it("what is a workflow already stays as it is", () => {
  const workflow = {
    steps: [
      { type: "trigger" as const, service: "forms", description: "When a form is sent" },
      { type: "condition" as const, description: "If it is urgent" },
      { type: "action" as const, service: "slack", description: "Post it" },
    ],
  };
  expect(repairWorkflow({ workflow, explanation: "Posts it." }, input)).toEqual({
    workflow,
    explanation: "Posts it.",
  });
});
