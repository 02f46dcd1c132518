import { describe, expect, it } from "vitest";
import { demoDrafts } from "../server/demo-drafts.js";
import { routePaths } from "../site/src/route-paths.js";
import { knowledgeFrom } from "./knowledge.js";
import { levqorFacts } from "./levqor-facts.js";
import { searchItemsFrom } from "./search-items.js";

const items = searchItemsFrom(levqorFacts);

describe("searchItemsFrom", () => {
  it("holds what the chat knows, word for word", () => {
    for (const { id, title, text } of knowledgeFrom(levqorFacts))
      expect(items).toContainEqual(expect.objectContaining({ id, title, text }));
  });

  it("follows the facts", () => {
    const [first] = searchItemsFrom({
      ...levqorFacts,
      tiers: levqorFacts.tiers.map((tier) => ({ ...tier, monthlyPounds: 77 })),
    });
    expect(first?.text).toContain("Starter £77, Growth £77");
  });

  it("has no prices but those of the facts", () => {
    const templates = items.filter(({ type }) => type === "template");
    expect(templates.length).toBeGreaterThan(5);
    expect(templates.map(({ text }) => text).join()).not.toContain("£");
  });

  it("leads to pages of the site", () => {
    const pages: readonly string[] = Object.values(routePaths);
    for (const { url } of [...items, ...demoDrafts])
      expect(pages).toContain(new URL(url, "https://levqor.example").pathname);
  });

  it("has an id of its own and a real day for each item", () => {
    const all = [...items, ...demoDrafts];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { date } of all) expect(new Date(date).toISOString()).toBe(`${date}T00:00:00.000Z`);
  });
});
