import { describe, expect, it } from "vitest";
import { builtInNames } from "./built-in-names.js";
import { findServices } from "./find-services.js";
import { scanText } from "./scan-text.js";

const named = (text: string) =>
  findServices(scanText(text), builtInNames).map((mention) => mention.service.id);

describe("names that are everyday words are found", () => {
  it.each([
    ["Receive updates for changed tasks in Flow", ["flow"]],
    ["Create Front conversations from Typeform", ["front", "typeform"]],
    ["Drift Leads to Salesforce", ["drift", "salesforce"]],
    ["Affinity person updates to Slack", ["affinity", "slack"]],
    ["Matrix bot for GitHub issues", ["matrix", "github"]],
    ["Bubble app users to Airtable", ["bubble", "airtable"]],
    ["Wave Invoices to Slack", ["wave", "slack"]],
    ["Ghost Posts to Medium", ["ghost", "medium"]],
    ["Store Box files in Dropbox", ["box", "dropbox"]],
    ["new linear issues to slack", ["linear", "slack"]],
    ["for a harvest task, ping me in discord", ["harvest", "discord"]],
    ["when a zoom meeting ends, post in teams", ["zoom", "microsoft_teams"]],
    ["LINE assistant for guests", ["line"]],
    ["Post on X and Bluesky", ["twitter", "bluesky"]],
    ["Send it via Wise, then tell Slack", ["wise", "slack"]],
    ["close deals in Close when Stripe is paid", ["close", "stripe"]],
    ["LinkedIn posts from Notion", ["linkedin", "notion"]],
    ["Observable changes in TheHive", ["thehive"]],
    ["save gmail attachments to drive and add a row in sheets", ["gmail", "google_drive", "google_sheets"]],
    ["RSS to Telegram", ["rss", "telegram"]],
  ])("%s", (text, ids) => {
    expect(named(text)).toEqual(ids);
  });
});

describe("everyday words are no names", () => {
  it.each([
    "Send Data To Front Office",
    "Front Desk Summary",
    "Close Deals Faster",
    "Line Items Of Every Order",
    "wait in line for a copper box",
    "Monday Morning Report",
    "Twist of the Day",
    "Medium Size Image Converter",
    "Matrix Multiplication",
    "Square Meter Calculator",
    "Meet the Team Bot",
    "Copper Price Alerts",
    "segment customers by country and drift",
    "harvest the leads, then buffer them",
    "keep a signal on the wave of orders",
    "Instantly answer every question",
    "we use a linear flow with a pocket calculator",
    "who can drive to the office to pick up the docs",
    "replicate the database, resend what failed",
    "send an upload that failed deep in the queue",
    "a demo of the permalink, take the salesman along",
  ])("%s", (text) => {
    expect(named(text)).toEqual([]);
  });
});
