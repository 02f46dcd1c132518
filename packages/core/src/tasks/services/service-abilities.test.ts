import { describe, expect, it } from "vitest";
import { serviceCatalogue } from "./service-catalogue.js";
import { serviceById } from "./service-names.js";

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
    expect(serviceById(id)?.starts).toContain(event);
  });

  it.each(["openai", "google_analytics", "mysql", "smtp", "google_docs", "clearbit", "youtube"])(
    "%s has to be asked",
    (id) => {
      expect(serviceById(id)?.starts).toEqual([]);
    },
  );

  it.each([
    ["google_sheets", "add"],
    ["slack", "send"],
    ["postgres", "query"],
    ["delay", "wait"],
    ["linkedin", "post"],
  ])("%s can %s", (id, ability) => {
    expect(serviceById(id)?.does).toContain(ability);
  });

  it("leave no service without a use", () => {
    const useless = serviceCatalogue.filter(({ starts, does }) => starts.length + does.length === 0);
    expect(useless.map(({ id }) => id)).toEqual([]);
  });
});
