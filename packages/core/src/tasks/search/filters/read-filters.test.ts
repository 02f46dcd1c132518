import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createSearchIndex } from "../../../search/create-search-index.js";
import type { StructuredQuery } from "../intelligent-search-schema.js";
import { structureQuery } from "../structure-query.js";
import { knownValues } from "./known-values.js";
import { readFilters } from "./read-filters.js";

// Wednesday, 18 March 2026
const nowMs = Date.UTC(2026, 2, 18, 12);
const owners = [
  "Anna Smith",
  "bob@acme.example",
  "u1",
  "April Jones",
  "Bob Stone",
  "carla.diaz@acme.example",
  "Jürgen Groß",
];
const types = ["invoice", "contract", "ticket", "help_article", "policy", "report"];
const statuses = ["open", "closed", "overdue", "draft", "in_progress", "paid"];
const documents = Array.from({ length: 42 }, (_, at) => ({
  id: `d${at}`,
  text: `Text ${at}`,
  owner: owners[at % owners.length],
  type: types[at % types.length],
  status: statuses[at % statuses.length],
}));
const index = createSearchIndex({ documents });
const known = knownValues(index, { userId: "u1" });
const read = (query: string) => structureQuery(readFilters(query, known, nowMs));

type Filters = Omit<Partial<StructuredQuery>, "text">;
const invoice = { type: "invoice" };
const ticket = { type: "ticket" };
const report = { type: "report" };
const contract = { type: "contract" };
const days = (from: string, to: string) => ({ from, to });

const kinds: [query: string, text: string, filters: Filters][] = [
  ["open invoices", "", { ...invoice, status: "open" }],
  ["invoice", "", invoice],
  ["show me all overdue invoices please", "", { ...invoice, status: "overdue" }],
  ["hosting invoices", "hosting", invoice],
  ["open hosting invoices", "hosting", { ...invoice, status: "open" }],
  ["open source contracts", "open source", contract],
  ["open the contracts", "open", contract],
  ["hosting overdue invoices", "hosting", { ...invoice, status: "overdue" }],
  ["overdue hosting invoices", "hosting", { ...invoice, status: "overdue" }],
  ["closed tickets about invoices", "invoices", { ...ticket, status: "closed" }],
  ["tickets that are still open", "", { ...ticket, status: "open" }],
  ["tickets in progress", "", { ...ticket, status: "in_progress" }],
  ["in-progress tickets", "", { ...ticket, status: "in_progress" }],
  ["resolved cases", "", { ...ticket, status: "closed" }],
  ["bills", "", invoice],
  ["guide for webhooks", "webhooks", { type: "help_article" }],
  ["help articles about webhooks", "webhooks", { type: "help_article" }],
  ["agreements", "", contract],
  ["invoice 4711", "4711", invoice],
  ['invoice "hosting plan"', '"hosting plan"', invoice],
  ["everything overdue", "", { status: "overdue" }],
  ["draft documents", "", { status: "draft" }],
  ["paid invoices, newest", "", { ...invoice, status: "paid" }],
  ["INVOICES, OPEN!", "", { ...invoice, status: "open" }],
];

const stayText: string[] = [
  "how do I pay an invoice",
  "how to create an invoice",
  "why did the import fail yesterday",
  "what is an open ticket",
  "can a contract be signed online",
  "open source policy",
  "open a bank account",
  "invoice number format",
  "invoice templates",
  "invoices and contracts",
  "weekly summary",
  "month end closing",
  "my password",
  "Rechnungen von Anna",
  "発票 先週",
  "🙂🙂",
  "budget 2025",
  "budget for 2025",
  "31 February 2026",
  "march of progress",
  "http://example.com/a?b=c",
  "all",
];

const people: [query: string, text: string, filters: Filters][] = [
  ["invoices by Anna", "", { ...invoice, owner: "Anna Smith" }],
  ["invoices from anna smith", "", { ...invoice, owner: "Anna Smith" }],
  ["Anna's contracts", "", { ...contract, owner: "Anna Smith" }],
  ["Anna Smith's contracts", "", { ...contract, owner: "Anna Smith" }],
  ["anna smith hosting", "hosting", { owner: "Anna Smith" }],
  ["anna hosting", "anna hosting", {}],
  ["reports owned by Jurgen", "", { ...report, owner: "Jürgen Groß" }],
  ["reports from bob@acme.example", "", { ...report, owner: "bob@acme.example" }],
  ["reports from Bob", "Bob", report],
  ["reports from Bob Stone", "", { ...report, owner: "Bob Stone" }],
  ["carla's drafts", "", { owner: "carla.diaz@acme.example", status: "draft" }],
  ["contracts by @carla", "", { ...contract, owner: "carla.diaz@acme.example" }],
  ["my overdue tickets", "", { ...ticket, owner: "u1", status: "overdue" }],
  ["my files", "", { owner: "u1" }],
  ["tickets assigned to me", "", { ...ticket, owner: "u1" }],
  ["contracts that I created", "", { ...contract, owner: "u1" }],
  ["tickets from april", "april", ticket],
  ["April's tickets", "", { ...ticket, owner: "April Jones" }],
  ["contracts from Berlin", "Berlin", contract],
  ["terms of service", "terms of service", {}],
  ["reports by Bob Stone or Anna Smith", "Bob Stone or Anna Smith", report],
  ["tickets closed by Anna", "", { ...ticket, owner: "Anna Smith", status: "closed" }],
];

const dates: [query: string, text: string, filters: Filters][] = [
  ["invoices today", "", { ...invoice, ...days("2026-03-18", "2026-03-18") }],
  ["since yesterday", "", { from: "2026-03-17" }],
  ["invoices from last week", "", { ...invoice, ...days("2026-03-09", "2026-03-15") }],
  ["reports this week", "", { ...report, ...days("2026-03-16", "2026-03-22") }],
  ["acme invoices from last month", "acme", { ...invoice, ...days("2026-02-01", "2026-02-28") }],
  ["this quarter", "", days("2026-01-01", "2026-03-31")],
  ["last quarter", "", days("2025-10-01", "2025-12-31")],
  ["terms of service from last year", "terms of service", days("2025-01-01", "2025-12-31")],
  ["next month", "", days("2026-04-01", "2026-04-30")],
  ["last 7 days", "", days("2026-03-12", "2026-03-18")],
  ["in the past two weeks", "", days("2026-03-05", "2026-03-18")],
  ["past week", "", days("2026-03-12", "2026-03-18")],
  ["the last 3 months", "", days("2025-12-18", "2026-03-18")],
  ["two weeks ago", "", days("2026-03-04", "2026-03-04")],
  ["within 24 hours", "", { from: "2026-03-17" }],
  ["invoices since March", "", { ...invoice, from: "2026-03-01" }],
  ["contracts in may", "", { ...contract, ...days("2025-05-01", "2025-05-31") }],
  ["reports from 2025", "", { ...report, ...days("2025-01-01", "2025-12-31") }],
  ["reports since 2025", "", { ...report, from: "2025-01-01" }],
  ["reports Q1 2026", "", { ...report, ...days("2026-01-01", "2026-03-31") }],
  ["Q4 reports", "", { ...report, ...days("2025-10-01", "2025-12-31") }],
  ["first quarter of 2024", "", days("2024-01-01", "2024-03-31")],
  ["invoices from February 2024", "", { ...invoice, ...days("2024-02-01", "2024-02-29") }],
  ["invoices before 3 May", "", { ...invoice, to: "2025-05-02" }],
  ["invoices before March 5th, 2026", "", { ...invoice, to: "2026-03-04" }],
  ["invoices after 2026-01-31", "", { ...invoice, from: "2026-02-01" }],
  ["invoices until 5 March", "", { ...invoice, to: "2026-03-05" }],
  ["invoices on 2026-03-05", "", { ...invoice, ...days("2026-03-05", "2026-03-05") }],
  ["invoices from 2026-03", "", { ...invoice, ...days("2026-03-01", "2026-03-31") }],
  ["report 13.02.2026", "", { ...report, ...days("2026-02-13", "2026-02-13") }],
  ["report 02/13/2026", "", { ...report, ...days("2026-02-13", "2026-02-13") }],
  ["report 02/03/2026", "02/03/2026", report],
  ["between 1 March and 15 March", "", days("2026-03-01", "2026-03-15")],
  ["reports between March and May", "", { ...report, ...days("2025-03-01", "2025-05-31") }],
  ["reports from November to February", "", { ...report, ...days("2025-11-01", "2026-02-28") }],
  ["invoices from 1 to 5 March", "", { ...invoice, ...days("2026-03-01", "2026-03-05") }],
  ["from 3 March on", "", { from: "2026-03-03" }],
  ["invoices older than 30 days", "", { ...invoice, to: "2026-02-15" }],
  ["tickets less than 3 days old", "", { ...ticket, from: "2026-03-15" }],
  ["more than 2 months old tickets", "", { ...ticket, to: "2026-01-17" }],
  ["on Monday", "", days("2026-03-16", "2026-03-16")],
  ["last wednesday", "", days("2026-03-11", "2026-03-11")],
  ["last weekend", "", days("2026-03-14", "2026-03-15")],
  ["recent reports", "", { ...report, ...days("2026-02-16", "2026-03-18") }],
  ["in the year 2025", "", days("2025-01-01", "2025-12-31")],
  ["invoices due next week", "", { ...invoice, ...days("2026-03-23", "2026-03-29") }],
  ["contracts signed last year", "", { ...contract, ...days("2025-01-01", "2025-12-31") }],
  ["signed contracts", "signed", contract],
  ["everything updated last week", "", days("2026-03-09", "2026-03-15")],
  ["older than 9999 years", "older than 9999 years", {}],
  ["tickets from the last 2000 years", "", { ...ticket, to: "2026-03-18" }],
  ["how many open tickets", "", { ...ticket, status: "open" }],
  ["what is assigned to me", "", { owner: "u1" }],
  ["what changed last week", "changed", days("2026-03-09", "2026-03-15")],
];

const pairs: [query: string, text: string, filters: Filters][] = [
  ["type:invoice status:paid", "", { ...invoice, status: "paid" }],
  ["Type:Invoices hosting", "hosting", invoice],
  ['type:"help article" slack', "slack", { type: "help_article" }],
  ["owner:anna status:open hosting", "hosting", { owner: "Anna Smith", status: "open" }],
  ["status: open hosting", "hosting", { status: "open" }],
  ["status:", "status:", {}],
  ["owner:me", "", { owner: "u1" }],
  ["from:anna hosting", "hosting", { owner: "Anna Smith" }],
  ["after:2026-01-01 before:2026-02-01", "", days("2026-01-02", "2026-01-31")],
  ["from:2026-01-01 to:2026-01-31 contracts", "", { ...contract, ...days("2026-01-01", "2026-01-31") }],
  ["date:yesterday", "", days("2026-03-17", "2026-03-17")],
  ["status:lost invoices", "", { ...invoice, status: "lost" }],
  ["how do refunds work type:policy", "how do refunds work", { type: "policy" }],
  ["note: call anna", "note: call anna", {}],
];

describe("filters in the words of a query", () => {
  it.each([...kinds, ...people, ...dates, ...pairs])("%s", (query, text, filters) => {
    expect(read(query)).toEqual({ text, ...filters });
  });

  it.each(stayText)("none in: %s", (query) => {
    expect(read(query)).toEqual({ text: query });
  });

  it("takes an excluded state for no filter", () => {
    expect(read("tickets that are not open").status).toBeUndefined();
  });

  it("reads two states that exclude each other as none", () => {
    expect(read("open or closed tickets")).toEqual({ text: "open or closed", type: "ticket" });
  });

  it("knows nobody as the caller while it is not known who asks", () => {
    const anonymous = knownValues(index, {});
    expect(structureQuery(readFilters("my invoices", anonymous, nowMs))).toEqual({
      text: "",
      type: "invoice",
    });
  });

  it("takes a product's own words, and its own idea of who the caller is", () => {
    const own = knownValues(
      index,
      { userId: "42" },
      {
        types: { invoice: ["rechnung"], unused: ["contract"] },
        statuses: { open: ["offen"] },
        owners: { "Anna Smith": ["boss"] },
        ownersOf: ({ userId }) => (userId === "42" ? ["bob@acme.example"] : []),
      },
    );
    const structured = (query: string) => structureQuery(readFilters(query, own, nowMs));
    expect(structured("offen rechnung")).toEqual({ text: "", type: "invoice", status: "open" });
    expect(structured("contracts from boss")).toEqual({ text: "", type: "contract", owner: "Anna Smith" });
    expect(structured("my files")).toEqual({ text: "", owner: "bob@acme.example" });
  });
});

describe("any query", () => {
  const { TZ: timeZone } = process.env;
  afterEach(() => {
    if (timeZone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = timeZone;
  });

  it("is read the same in every time zone", () => {
    const queries = [...kinds, ...people, ...dates, ...pairs].map(([query]) => query);
    const readings = ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata"].map((zone) => {
      process.env["TZ"] = zone;
      return JSON.stringify(queries.map(read));
    });
    expect(new Set(readings).size).toBe(1);
  });

  it("is read without a throw, and its text is made of its own words", () => {
    const words = fc.constantFrom(
      ..."my open invoices from anna last 7 days since March to 2025 between and type: q1 \" ' 🙂 of the 31 ago".split(
        " ",
      ),
    );
    const query = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join(" ")),
    );
    fc.assert(
      fc.property(query, (text) => {
        const reading = read(text);
        const given = new Set(text.split(/\s+/u));
        for (const word of reading.text.split(" ").filter((each) => each !== ""))
          expect(given.has(word)).toBe(true);
        if (reading.from !== undefined && reading.to !== undefined)
          expect(reading.from <= reading.to).toBe(true);
      }),
    );
  });

  it.each([
    ["one word", "a".repeat(1_000_000)],
    ["letters with colons", "ab:".repeat(300_000)],
    ["quotes", '"'.repeat(1_000_000)],
    ["spaces", " ".repeat(1_000_000)],
    ["marks", "!?".repeat(500_000)],
    ["hyphens", "a-".repeat(500_000)],
    ["emoji", "🙂".repeat(300_000)],
    ["dates", "last week ".repeat(100_000)],
  ])("of a megabyte of %s takes time in proportion", (_, query) => {
    const started = performance.now();
    readFilters(query, known, nowMs);
    expect(performance.now() - started).toBeLessThan(query.length / 100);
  });
});
