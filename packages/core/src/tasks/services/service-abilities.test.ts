import { describe, expect, it } from "vitest";
import { builtInNames } from "./built-in-names.js";
import { serviceCatalogue } from "./service-catalogue.js";

describe("what services can do", () => {
  it.each([
    ["shopify", "order"],
    ["telegram", "message"],
    ["typeform", "submission"],
    ["jira", "issue"],
    ["airtable", "record"],
    ["schedule", "time"],
    ["trustpilot", "review"],
  ])("%s tells of each %s", (id, event) => {
    expect(builtInNames.byId(id)?.starts).toContain(event);
  });

  it.each(["openai", "google_analytics", "mysql", "smtp", "google_docs", "clearbit", "youtube"])(
    "%s has to be asked",
    (id) => {
      expect(builtInNames.byId(id)?.starts).toEqual([]);
    },
  );

  it.each([
    ["google_sheets", "add"],
    ["slack", "send"],
    ["postgres", "query"],
    ["delay", "wait"],
    ["linkedin", "post"],
  ])("%s can %s", (id, ability) => {
    expect(builtInNames.byId(id)?.does).toContain(ability);
  });

  it("leave no service without a use", () => {
    const useless = serviceCatalogue().filter(({ starts, does }) => starts.length + does.length === 0);
    expect(useless.map(({ id }) => id)).toEqual([]);
  });
});
