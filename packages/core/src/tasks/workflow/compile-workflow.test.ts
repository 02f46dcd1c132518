import { describe, expect, it } from "vitest";
import { compileWorkflow } from "./compile-workflow.js";

const short = (description: string, tools: readonly string[] = []) =>
  compileWorkflow(description, tools).steps.map(
    (step) => `${step.type}:${step.service ?? "?"} ${step.description}`,
  );
const services = (description: string, tools: readonly string[] = []) =>
  compileWorkflow(description, tools)
    .steps.map((step) => `${step.type}:${step.service ?? "?"}`)
    .join(" ");

describe("sentences", () => {
  it.each<[string, readonly string[], string]>([
    [
      "When a new lead fills a form, add a row to a Google Sheet",
      ["forms", "sheets"],
      "trigger:forms action:google_sheets",
    ],
    [
      "Whenever someone books a meeting in Calendly, create a Zoom meeting, add it to Gcal and email the attendee",
      [],
      "trigger:calendly action:zoom action:google_calendar action:email",
    ],
    ["Typeform → HubSpot → slck", [], "trigger:typeform action:hubspot action:slack"],
    [
      "Send a message to Slack and Discord whenever a Stripe payment fails",
      [],
      "trigger:stripe action:slack action:discord",
    ],
    [
      "When a form is submitted add the lead to HubSpot and send a welcome email",
      [],
      "trigger:forms action:hubspot action:email",
    ],
    [
      "Please create a workflow that sends a Slack message when a deal is won in Pipedrive",
      [],
      "trigger:pipedrive action:slack",
    ],
    ["When an order comes in, our team should get a Slack message", [], "trigger:? action:slack"],
    [
      "Post to Teams if the temperature is above 30 when a webhook arrives",
      [],
      "trigger:webhook condition:? action:microsoft_teams",
    ],
    [
      "As soon as an issue is opened on GitHub, create an issue in Linear; then wait 2 days and remind me in Slack",
      [],
      "trigger:github action:linear action:delay action:slack",
    ],
    [
      "When a new employee is added to BambooHR create accounts in Okta, Google Drive and Slack",
      [],
      "trigger:bamboohr action:okta action:google_drive action:slack",
    ],
    [
      "After a Zoom call ends, upload the recording to YouTube. Then share the link in Discord.",
      [],
      "trigger:zoom action:youtube action:discord",
    ],
    ["When an RSS feed has a new item, post it to LinkedIn", [], "trigger:rss action:linkedin"],
    [
      "If a customer cancels in Chargebee, update the deal in Pipedrive",
      [],
      "trigger:chargebee action:pipedrive",
    ],
    ["every weekday at 8am, summarize my unread emails with Claude", [], "trigger:schedule action:anthropic"],
    [
      "1. When a file is added to Dropbox\n2. Copy it to Google Drive\n3. Tell the team in Discord",
      [],
      "trigger:dropbox action:google_drive action:discord",
    ],
    ["When I star an email in Gmail and label it, save it to Evernote", [], "trigger:gmail action:evernote"],
  ])("%s", (description, tools, expected) => {
    expect(services(description, tools)).toBe(expected);
  });
});

describe("connected tools", () => {
  it.each<[string, readonly string[], string]>([
    ["When a new order arrives, send a message", ["slack", "shopify"], "trigger:shopify action:slack"],
    [
      "When a new order arrives, send a message",
      ["telegram", "woocommerce"],
      "trigger:woocommerce action:telegram",
    ],
    ["When a new order arrives, send a message", [], "trigger:? action:?"],
    [
      "When someone fills out the survey, save a row",
      ["typeform", "Google Sheet"],
      "trigger:typeform action:google_sheets",
    ],
    [
      "When an email arrives, create a task",
      ["outlook", "todoist"],
      "trigger:microsoft_outlook action:todoist",
    ],
    ["When an email arrives, create a task", ["nonsense tool"], "trigger:email action:?"],
  ])("%s with %j", (description, tools, expected) => {
    expect(services(description, tools)).toBe(expected);
  });

  it("gives way to what is named", () => {
    expect(services("When an email arrives in Gmail, post a message in Discord", ["outlook", "slack"])).toBe(
      "trigger:gmail action:discord",
    );
  });
});

describe("conditions", () => {
  it("stand before what they guard", () => {
    expect(
      short(
        'When I get an email in Gmail from a customer, if it contains the word "urgent" then send a message to #support in Slack',
      ),
    ).toEqual([
      "trigger:gmail When I get an email in Gmail from a customer",
      'condition:? If it contains the word "urgent"',
      "action:slack Send a message to #support in Slack",
    ]);
  });

  it("move before an action that they follow, and no further", () => {
    expect(
      short("When a payment arrives in Stripe, add a row to Airtable and text me if the amount is over 100"),
    ).toEqual([
      "trigger:stripe When a payment arrives in Stripe",
      "action:airtable Add a row to Airtable",
      "condition:? If the amount is over 100",
      "action:sms Text me",
    ]);
  });

  it("may exclude", () => {
    expect(short("When a ticket is created in Zendesk, create a Trello card unless it is spam")[1]).toBe(
      "condition:? Unless it is spam",
    );
  });

  it("have another branch", () => {
    expect(
      short(
        "When a lead is added to HubSpot, if it is from Germany notify Anna in Slack, otherwise email the sales team",
      ),
    ).toEqual([
      "trigger:hubspot When a lead is added to HubSpot",
      "condition:? If it is from Germany",
      "action:slack Notify Anna in Slack",
      "condition:? Otherwise (opposite of: If it is from Germany)",
      "action:email Email the sales team",
    ]);
  });

  it("that hold a comma in quotes stay whole", () => {
    expect(short('When a card moves to "Done, shipped" in Trello, post to Slack')).toEqual([
      'trigger:trello When a card moves to "Done, shipped" in Trello',
      "action:slack Post to Slack",
    ]);
  });
});

describe("schedules", () => {
  it.each([
    ["Every Monday at 9 send me a report in Slack", "Every Monday at 9"],
    ["Send me a report in Slack every other Friday at 5 pm", "Every other Friday at 5 pm"],
    ["on the first of every month, export invoices from Xero to Dropbox", "On the first of every month"],
    ["Back up Postgres to S3 nightly", "Nightly"],
    ["Daily at 8am, post the weather to Discord", "Daily at 8am"],
    ["every 15 minutes check the inbox in Gmail", "Every 15 minutes"],
    ["twice a day post a quote to Mastodon", "Twice a day"],
    ["Send a weekly summary to Slack", "Weekly"],
  ])("%s", (description, words) => {
    expect(short(description)[0]).toBe(`trigger:schedule ${words}`);
  });

  it("stay with the action when an event starts the workflow", () => {
    expect(short("When a deal closes in HubSpot, send a report to Slack every day")).toEqual([
      "trigger:hubspot When a deal closes in HubSpot",
      "action:slack Send a report to Slack every day",
    ]);
  });
});

describe("what can't be told", () => {
  it.each([
    [
      "Send a message",
      ["manual", undefined],
      /What should start it.*Which chat app should “Send a message” use/,
    ],
    ["When I get an email in Gmail", ["gmail"], /What should happen then/],
    [
      "When a ticket is created in FooDesk, tell me in Slack",
      [undefined, "slack"],
      /I do not know the app “FooDesk”/,
    ],
    ["qwer asdf", ["manual"], /could not tell what “Qwer asdf”/],
    [
      "When X happens in Jira, ping me in Slack. When Y happens in Jira, email me.",
      ["jira", "slack", "jira", "email"],
      /A workflow has one start/,
    ],
  ])("%s", (description, expected, question) => {
    const { steps, questions } = compileWorkflow(description);
    expect(steps.map(({ service }) => service)).toEqual(expected);
    expect(questions.join(" ")).toMatch(question);
  });

  it("takes what is received for the start, not for an action", () => {
    const { steps, questions } = compileWorkflow("Receive updates when a card changes in Trello");
    expect(steps[0]).toMatchObject({ service: "trello", description: "When a card changes in Trello" });
    expect(short("Receive updates for all changes in Pipedrive")).toEqual([
      "trigger:pipedrive Receive updates for all changes in Pipedrive",
    ]);
    expect(questions).not.toEqual([]);
  });

  it("asks nothing when everything is said", () => {
    expect(compileWorkflow("When a Typeform is submitted, add a row to Google Sheets").questions).toEqual([]);
  });
});

describe("masked values", () => {
  it("stay whole, and are no services", () => {
    expect(
      short(
        "When [PERSON_k3f9_0001] emails me, forward it to [EMAIL_k3f9_0002]. then post [SLACK_k3f9_0003] to Notion",
      ),
    ).toEqual([
      "trigger:email When [PERSON_k3f9_0001] emails me",
      "action:email Forward it to [EMAIL_k3f9_0002]",
      "action:notion Post [SLACK_k3f9_0003] to Notion",
    ]);
  });

  it("keep their case at the start", () => {
    expect(short("[PERSON_k3f9_0001] wants a Slack message when a Trello card moves")[1]).toContain(
      "[PERSON_k3f9_0001]",
    );
  });
});
