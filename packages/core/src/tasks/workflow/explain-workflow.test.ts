import { describe, expect, it } from "vitest";
import { compileWorkflow } from "./compile-workflow.js";
import { explainWorkflow } from "./explain-workflow.js";
import type { WorkflowContext } from "./workflow-schema.js";

const explain = (description: string, experience_level?: WorkflowContext["experience_level"]) =>
  explainWorkflow(compileWorkflow(description), { experience_level });

const order =
  "When an order arrives in Shopify, if the total is over 500, notify sales in Slack, otherwise email the team";

describe("an explanation", () => {
  it("tells beginners what each kind of step is, once, and what to connect", () => {
    expect(explain(order, "beginner")).toBe(
      "This workflow has 5 steps. 1. “When an order arrives in Shopify” (Shopify). This is the trigger: it starts the workflow. " +
        "2. “If the total is over 500”. This is a condition: what comes after it only runs when it holds. " +
        "3. “Notify sales in Slack” (Slack). This is an action: it does the work. " +
        "4. “Otherwise (opposite of: If the total is over 500)”. 5. “Email the team” (Email). " +
        "Connect Shopify and Slack first, then test it once before you switch it on.",
    );
  });

  it("tells everyone else what starts, is checked and is done", () => {
    expect(explain("When an order arrives in Shopify, notify sales in Slack")).toBe(
      "Starts (Shopify): “When an order arrives in Shopify”. Does (Slack): “Notify sales in Slack”.",
    );
  });

  it.each([
    [
      "When an order arrives in Shopify, if it is large, notify sales in Slack",
      "Shopify → [If it is large] → Slack.",
    ],
    ["Every Monday at 9 send a report to Slack", "Every Monday at 9 → Slack."],
    ["When a message arrives in Slack, reply to it", "When a message arrives in Slack → Reply to it."],
  ])("is short for the advanced: %s", (description, expected) => {
    expect(explain(description, "advanced")).toBe(expected);
  });

  it("tells a cron expression in words", () => {
    expect(explain("0 9 * * 1-5 post the report to Slack", "advanced")).toBe(
      "0 9 * * 1-5 (every Monday to Friday at 09:00) → Slack.",
    );
    expect(explain('Run at "0 0 1 * *": create an invoice in Xero')).toContain(
      "(on day 1 of every month at 00:00)",
    );
  });

  it.each([undefined, "beginner", "advanced"] as const)("calls an assumed start one, for %s", (level) => {
    expect(explain("Add a row to Airtable", level)).toContain(
      "One thing is open: I assumed that you start it by hand.",
    );
    expect(explain("Automatic backup of Postgres to Google Drive", level)).toContain(
      "I assumed that it runs on a schedule.",
    );
  });

  it.each([undefined, "beginner", "advanced"] as const)("asks everything that is open, for %s", (level) => {
    const explanation = explain(
      "Send a message and save it in FooDesk if it is urgent, and if it is late",
      level,
    );
    expect(explanation).toContain("Still open:");
    for (const question of ["What should start it", "Which chat app should", "“FooDesk”", "“If it is late”"])
      expect(explanation).toContain(question);
  });

  it("says how much more is open than anyone would answer at once", () => {
    const description = `When a lead comes in; ${"abcdefgh"
      .split("")
      .map((letter) => `do ${letter}${letter}`)
      .join("; ")}`;
    expect(explain(description)).toMatch(/\d more points are open after these\.$/);
  });
});
