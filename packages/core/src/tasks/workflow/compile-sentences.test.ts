import { describe, expect, it } from "vitest";
import { compileWorkflow } from "./compile-workflow.js";
import { explainWorkflow } from "./explain-workflow.js";

const services = (description: string, tools: readonly string[] = []) =>
  compileWorkflow(description, tools)
    .steps.map((step) => `${step.type}:${step.service ?? "?"}`)
    .join(" ");
const told = (description: string) =>
  compileWorkflow(description).steps.map((step) => `${step.type} ${step.description}`);
const questions = (description: string) => compileWorkflow(description).questions.join(" ");

describe("short conditions keep the action after them", () => {
  it.each([
    [
      "When an invoice arrives in Gmail, ask the manager, and if approved, add it to Google Calendar",
      ["action Ask the manager", "condition If approved", "action Add it to Google Calendar"],
    ],
    [
      "When a form is sent in Typeform, ask Ann in Slack and if so, add it to Gcal",
      ["action Ask Ann in Slack", "condition If so", "action Add it to Gcal"],
    ],
    [
      "When a form is submitted, email Ann and if approved add it to Airtable",
      ["action Email Ann", "condition If approved", "action Add it to Airtable"],
    ],
    [
      "When a deal closes in PandaDoc, email the client, and once signed, save it to Dropbox",
      ["action Email the client", "condition Once signed", "action Save it to Dropbox"],
    ],
    [
      "When a form is submitted, if urgent, notify Slack, otherwise add a row to Airtable",
      [
        "condition If urgent",
        "action Notify Slack",
        "condition Otherwise (opposite of: If urgent)",
        "action Add a row to Airtable",
      ],
    ],
  ])("%s", (description, expected) => {
    expect(told(description).slice(1)).toEqual(expected);
  });

  it("move only when they trail", () => {
    const start = "When a payment arrives in Stripe, notify Slack";
    const [condition, action] = ["condition If it is over 100", "action Notify Slack"];
    expect(told(`${start} if it is over 100`).slice(1)).toEqual([condition, action]);
    expect(told(`${start}, if it is over 100`).slice(1)).toEqual([condition, action]);
    expect(told(`${start}, and if it is over 100`).slice(1)).toEqual([action]);
  });

  it("are asked about when they guard nothing", () => {
    expect(questions("When a payment arrives in Stripe, notify Slack, and if it is over 100")).toBe(
      "What should happen in this case: “If it is over 100”?",
    );
    expect(questions("Every day send a report to Slack if it is ready")).toBe("");
  });
});

describe("the place of an action", () => {
  it.each<[string, string]>([
    ["Every week generate a report from Airtable", "trigger:schedule action:airtable"],
    ["Generate a report from Airtable", "trigger:schedule action:airtable"],
    [
      "When someone unsubscribes in Stripe, remove them from the Mailchimp list",
      "trigger:stripe action:mailchimp",
    ],
    [
      "Get rows from Postgres every morning and put them in Excel",
      "trigger:schedule action:postgres action:microsoft_excel",
    ],
    ["Every day create a task from the Airtable record", "trigger:schedule action:airtable action:?"],
    [
      "Create a QuickBooks invoice for each closed-won deal in Pipedrive",
      "trigger:pipedrive action:quickbooks",
    ],
    ["Add a row for each order in Google Sheets", "trigger:manual action:google_sheets"],
    ["Every Friday send a text to every customer in HubSpot", "trigger:schedule action:hubspot action:sms"],
    [
      "When a card is moved in Trello, send an email to the customer listed in Airtable",
      "trigger:trello action:email",
    ],
    ["Every day save a summary of the email in Notion", "trigger:schedule action:notion"],
    [
      "Every Friday send a summary of open deals in HubSpot to #sales",
      "trigger:schedule action:hubspot action:slack",
    ],
    ["When a Discord message arrives in Discord, post to #sales in Slack", "trigger:discord action:slack"],
    ["Whenever a message is posted in #support, create a ticket in Zendesk", "trigger:slack action:zendesk"],
    ["Close issue #123 in GitHub when a card moves in Trello", "trigger:trello action:github"],
    ["When a Jira issue is created, send a message on teams", "trigger:jira action:microsoft_teams"],
    ["Every day send a message to teams of five", "trigger:schedule action:?"],
  ])("%s", (description, expected) => {
    expect(services(description)).toBe(expected);
  });

  it("of a #channel is the connected chat app", () => {
    expect(services("Every Friday post a summary to #sales", ["discord"])).toBe(
      "trigger:schedule action:discord",
    );
  });
});

describe("starts", () => {
  it.each<[string, string]>([
    ["Copy new Typeform leads into HubSpot and notify Slack", "trigger:typeform action:hubspot action:slack"],
    [
      "Copy leads from Typeform into HubSpot and notify Slack",
      "trigger:typeform action:hubspot action:slack",
    ],
    ["Create a Zoom meeting for each Calendly booking", "trigger:calendly action:zoom"],
    ["Order added to Shopify, notify Slack", "trigger:shopify action:slack"],
    ["Send a Slack message to the customer whose order in Shopify is late", "trigger:manual action:slack"],
    ["Add every new lead in HubSpot to Mailchimp", "trigger:hubspot action:mailchimp"],
    ["On every Friday at 5pm, post a summary to Slack", "trigger:schedule action:slack"],
    ["If an invoice in Xero is overdue, email the customer", "trigger:xero action:email"],
    ["If the temperature is above 30, notify me on Slack", "trigger:? action:slack"],
    ["Tell me in Slack if a GitHub build fails", "trigger:github action:slack"],
    [
      "Every Monday, if any invoice in Xero is overdue, email the client",
      "trigger:schedule condition:xero action:email",
    ],
    ["Send me a Slack message before each event in Google Calendar", "trigger:google_calendar action:slack"],
    [
      "15 minutes before each event in Google Calendar, send a Slack message",
      "trigger:google_calendar action:slack",
    ],
  ])("%s", (description, expected) => {
    expect(services(description)).toBe(expected);
  });

  it.each([
    [
      "When a form is submitted and the company is large, notify sales in Slack",
      ["trigger When a form is submitted", "condition The company is large"],
    ],
    [
      "When a deal is won in HubSpot and the amount exceeds 1000, and the owner is Ann, post to Slack",
      [
        "trigger When a deal is won in HubSpot",
        "condition The amount exceeds 1000",
        "condition The owner is Ann",
      ],
    ],
    [
      "When an order comes in Shopify for more than £500 notify Slack, otherwise email the team",
      ["trigger When an order comes in Shopify", "condition For more than £500"],
    ],
    ["When Jira and Slack are down, email me", ["trigger When Jira and Slack are down"]],
    ["When stock in Shopify falls below 10, email me", ["trigger When stock in Shopify falls below 10"]],
  ])("%s", (description, expected) => {
    expect(told(description).slice(0, expected.length)).toEqual(expected);
  });

  it("ask what a lone otherwise is the opposite of", () => {
    expect(told("When an order for more than £500 comes in, text me, otherwise email me")).toContain(
      "condition Otherwise (opposite of: For more than £500)",
    );
    expect(questions("When a form is submitted, text me, otherwise email me")).toContain(
      "What is “Otherwise” the opposite of",
    );
  });
});

describe("what to connect", () => {
  const explained = (tools: readonly string[]) =>
    explainWorkflow(compileWorkflow("When a row is added in Google Sheets, post it to Slack", tools), {
      experience_level: "beginner",
      tools,
    });

  it.each([
    [[], "Connect Google Sheets and Slack first, then test it once"],
    [["sheets"], "Connect Slack first, then test it once"],
    [["Google Sheet", "slck"], "Test it once before you switch it on."],
  ])("with %j", (tools, expected) => {
    expect(explained(tools)).toContain(expected);
  });

  it("is nothing when all is connected", () => {
    expect(explained(["google_sheets", "slack"])).not.toContain("Connect ");
  });
});
