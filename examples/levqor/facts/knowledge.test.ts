import { describe, expect, it } from "vitest";
import { knowledgeFrom } from "./knowledge.js";
import { levqorFacts } from "./levqor-facts.js";
import locked from "./locked-facts.json" with { type: "json" };

const knowledge = knowledgeFrom(levqorFacts);
const text = knowledge.map((document) => document.text).join("\n");

describe("knowledgeFrom", () => {
  it("knows every locked price and no other", () => {
    const prices = [
      ...locked.tiers.flatMap(({ monthly, yearly }) => [monthly, yearly]),
      ...locked.done_for_you.map(({ price }) => price),
    ];
    const known = (text.match(/£[\d,]*\d/g) ?? []).map(String);
    expect(new Set(known)).toEqual(new Set(prices));
  });

  it("knows the trial and each support time", () => {
    for (const promise of Object.values(locked.trial)) expect(text).toContain(promise);
    for (const { name, sla } of locked.tiers) expect(text).toContain(`${sla} on ${name}`);
  });

  it("follows the facts", () => {
    const changed = knowledgeFrom({
      ...levqorFacts,
      tiers: levqorFacts.tiers.map((tier) => ({ ...tier, monthlyPounds: 77 })),
    });
    expect(changed.find(({ id }) => id === "plans-and-prices")?.text).toContain(
      "Billed monthly: Starter £77, Growth £77",
    );
  });

  it("has a title and an id of its own for each document", () => {
    expect(new Set(knowledge.map(({ id }) => id)).size).toBe(knowledge.length);
    expect(knowledge.every(({ title }) => title !== "")).toBe(true);
  });
});
