import { chatTask, createAiGateway } from "@levqor/core";
import { afterAll, describe, expect, it } from "vitest";
import { knowledgeFrom } from "./knowledge.js";
import { levqorFacts } from "./levqor-facts.js";
import locked from "./locked-facts.json" with { type: "json" };

const silent = { info() {}, warn() {}, error() {} };
const gateway = createAiGateway({
  tasks: [chatTask({ product: "Levqor", knowledge: knowledgeFrom(levqorFacts) })],
  logger: silent,
  auditSink: { write() {} },
  rateLimiter: { consume: () => ({ allowed: true }) },
});
afterAll(() => gateway.close());

async function answer(message: string, page: string | undefined): Promise<string> {
  const { reply } = await gateway.chat({ message, ...(page === undefined ? {} : { context: { page } }) });
  return reply;
}

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
      "billed monthly: Starter £77, Growth £77",
    );
  });

  it("has a title and an id of its own for each document", () => {
    expect(new Set(knowledge.map(({ id }) => id)).size).toBe(knowledge.length);
    expect(knowledge.every(({ title }) => title !== "")).toBe(true);
  });
});

describe.each(["pricing", "dashboard", undefined])("without a model, on the page %s", (page) => {
  it.each([
    "what are your prices?",
    "pricing",
    "the price",
    "prices",
    "price list",
    "How much does it cost?",
    "How much is it?",
    "cost",
    "what does Levqor cost?",
    "What do the plans cost?",
    "which plans do you have?",
    "what tiers are there?",
    "how expensive is it?",
    "per month?",
    "How much per month?",
    "monthly price",
    "what does it cost a month?",
  ])("%s is answered with every tier's monthly price", async (question) => {
    const reply = await answer(question, page);
    for (const { name, monthly } of locked.tiers) expect(reply).toContain(`${name} ${monthly}`);
    for (const { name, price } of locked.done_for_you) expect(reply).not.toContain(`${name} for ${price}`);
  });

  it.each(["per year?", "yearly discount", "Is there a discount for paying yearly?", "annual price"])(
    "%s is answered with every tier's yearly price",
    async (question) => {
      const reply = await answer(question, page);
      for (const { name, yearly } of locked.tiers) expect(reply).toContain(`${name} ${yearly}`);
    },
  );

  it.each([
    ["How much is Pro?", "£59"],
    ["How much does the Pro plan cost per year?", "£590"],
    ["What is the price of done-for-you?", "£149"],
    ["How much does it cost when you build my workflow?", "£149"],
    ["I want a refund", "Settings → Support"],
    ["Can I get my money back?", "Settings → Support"],
    ["How do I cancel my subscription?", "Settings → Billing"],
    ["Do the prices include VAT?", "do not include VAT"],
    ["Where are my invoices?", "Settings → Support"],
    ["Can I pay by PayPal?", "Settings → Support"],
    ["Do you accept credit cards?", "card"],
    ["How do I delete my account?", "Settings → Support"],
    ["close my account", "Settings → Support"],
    ["contact support", "48h on Starter"],
    ["speak to a human", "Settings → Support"],
    ["I want to talk to a person", "Settings → Support"],
    ["How fast does support answer?", "4h on Business"],
  ])("%s is answered with %s", async (question, expected) => {
    const reply = await answer(question, page);
    expect(reply).toContain(expected);
    expect(reply).not.toContain("I have no information");
  });
});
