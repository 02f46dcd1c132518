import { describe, expect, it } from "vitest";
import { compileWorkflow } from "./compile-workflow.js";
import { titles } from "./fixtures/titles.js";

const rows = titles
  .split("\n")
  .filter((line) => line.includes(" => "))
  .map((line) => line.split(" => "));
const triggerOf = (description: string) => compileWorkflow(description).steps[0];
const asked = (description: string) => compileWorkflow(description).questions.join(" ");

describe("titles without a start", () => {
  it.each(rows)("%s", (description = "", services) => {
    const { steps } = compileWorkflow(description);
    expect(steps.map(({ service }) => service ?? "?").join(" | ")).toBe(services);
  });

  it("are enough to be worth their name", () => {
    expect(new Set(rows.map(([title]) => title)).size).toBeGreaterThan(120);
  });
});

describe("what was assumed", () => {
  it.each([
    ["Sync Airtable with Notion", "I assumed that it runs on a schedule. When should it run"],
    ["Copy of WooCommerce and Slack", "I assumed that WooCommerce starts it. Is that right"],
    ["AI summary for Airtable over an API converter", "what should start it"],
  ])("is told and asked: %s", (description, question) => {
    expect(asked(description)).toContain(question);
  });

  it.each([
    "Telegram AI bot with Notion memory",
    "New Stripe payment to Google Sheets",
    "Daily Slack digest",
  ])("is nothing when the words say it: %s", (description) => {
    expect(asked(description)).not.toContain("I assumed");
  });

  it("has a wording of its own only when no words say it", () => {
    expect(triggerOf("Sync Airtable with Notion")?.description).toBe("On a schedule");
    expect(triggerOf("Lead form to HubSpot")).toEqual({
      type: "trigger",
      service: "forms",
      description: "Lead form",
    });
    expect(triggerOf("Webhook to Google Sheets")?.description).toBe("Webhook");
    expect(triggerOf("Linear issues to Slack")?.description).toBe("Linear issues");
  });
});

describe("no start is made up", () => {
  it.each([
    "Add a row to Airtable",
    "Send a message",
    "Create a Trello card",
    "Make my business better",
    "hello",
  ])("for %s", (description) => {
    expect(triggerOf(description)?.service).toBe("manual");
    expect(asked(description)).toContain("What should start it");
  });
});

describe("apps of a title", () => {
  it("each get a step in the user's words, sources first", () => {
    expect(compileWorkflow("Weekly copy of Postgres rows to Airtable and Notion").steps).toEqual([
      { type: "trigger", service: "schedule", description: "Weekly" },
      { type: "action", service: "postgres", description: "Weekly copy of Postgres rows" },
      { type: "action", service: "airtable", description: "Weekly copy of Postgres rows to Airtable" },
      { type: "action", service: "notion", description: "Weekly copy of Postgres rows to Notion" },
    ]);
  });

  it("are reached as the brackets say", () => {
    const { steps } = compileWorkflow("Send Jotform leads via WhatsApp (Twilio)");
    expect(steps.map(({ service }) => service)).toEqual(["jotform", "twilio"]);
  });

  it("are no steps when they are scraped or only tell of events", () => {
    const services = (title: string) => compileWorkflow(title).steps.map(({ service }) => service);
    expect(services("Scrape Reddit posts to Google Sheets")).toEqual(["schedule", "google_sheets"]);
    expect(services("Fetch all Squarespace collections to Google Sheets")).toEqual([
      "schedule",
      "google_sheets",
    ]);
  });
});
