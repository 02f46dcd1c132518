import { describe, expect, it } from "vitest";
import { builtInNames } from "./built-in-names.js";
import { findServices } from "./find-services.js";
import { nameKey } from "./name-key.js";
import { scanText } from "./scan-text.js";
import { serviceCatalogue } from "./service-catalogue.js";

const named = (text: string) =>
  findServices(scanText(text), builtInNames).map((mention) => mention.service.id);

describe("service catalogue", () => {
  it("has at least 120 services with unique ids", () => {
    const ids = serviceCatalogue().map((service) => service.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(120);
    expect(ids.filter((id) => !/^[a-z][a-z0-9_]*$/.test(id))).toEqual([]);
  });

  it("gives no name to two services", () => {
    const owners = new Map<string, string>();
    const clashes: string[] = [];
    for (const { id, name, aliases } of serviceCatalogue()) {
      for (const key of new Set([id, name, ...aliases].map(nameKey))) {
        const owner = owners.get(key);
        if (owner !== undefined) clashes.push(`${key}: ${owner}, ${id}`);
        owners.set(key, id);
      }
    }
    expect(clashes).toEqual([]);
  });

  it.each(serviceCatalogue().map((service) => [service.id, service.name]))(
    "%s is found by its id and name",
    (id, name) => {
      expect(builtInNames.byLabel(id)?.id).toBe(id);
      expect(builtInNames.byLabel(name)?.id).toBe(id);
    },
  );
});

describe("labels", () => {
  it.each([
    ["sheets", "google_sheets"],
    ["forms", "forms"],
    ["Google Sheet", "google_sheets"],
    ["gcal", "google_calendar"],
    ["slck", "slack"],
    ["Hub Spot", "hubspot"],
    ["mailchip", "mailchimp"],
    ["MS Teams", "microsoft_teams"],
    ["stripe.com", undefined],
    ["spreadsheet", undefined],
  ])("%s → %s", (label, id) => {
    expect(builtInNames.byLabel(label)?.id).toBe(id);
  });
});

describe("services in a sentence", () => {
  it.each([
    ["add a row to a Google Sheet", ["google_sheets"]],
    ["copy it from gsheets into Gcal", ["google_sheets", "google_calendar"]],
    ["ping the team on slck", ["slack"]],
    ["post to Slack, Discord & MS Teams", ["slack", "discord", "microsoft_teams"]],
    ["save to drop box", ["dropbox"]],
    ["a new googel sheets row", ["google_sheets"]],
    ["every Monday at 9", []],
    ["create an item in Monday", ["monday_com"]],
    ["create an item on monday.com", ["monday_com"]],
    ["wait in line with others", []],
    ["send a message in Line", ["line"]],
    ["close the deal in Close", ["close"]],
    ["box the order and post it", []],
    ["upload the file to Box", ["box"]],
    ["if it says \"Slack\" or 'Notion'", []],
    ["write to [EMAIL_k3f9_0001] and [SLACK_k3f9_0002]", []],
    ["mail sales@slack.com or see https://slack.com/help", []],
    ["tell #slack and @notion", []],
    ["write a clause about every person in the video conference", []],
    ["strip the text and stack the records", []],
  ])("%s", (text, ids) => {
    expect(named(text)).toEqual(ids);
  });
});
