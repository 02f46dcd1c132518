import { describe, expect, it } from "vitest";
import { describedWorkflowPath, readDescription } from "./described-workflow.js";

describe("describedWorkflowPath", () => {
  it.each(["When a form is filled, tell Slack.", "50 % & more? #1 +2", "“naïve” 😀", ""])(
    "brings %j along",
    (sentence) => {
      const { pathname, searchParams } = new URL(describedWorkflowPath(sentence), "https://levqor.example");
      expect(pathname).toBe("/workflows/new");
      expect(readDescription(searchParams)).toBe(sentence);
    },
  );
});
