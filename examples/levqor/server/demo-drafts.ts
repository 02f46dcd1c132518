import { type LevqorItem, templateItem } from "../facts/search-items.js";
import type { WorkflowTemplate } from "../facts/workflow-templates.js";

/** What the companies of the demo are still working on. Only people of the same company find it. */
export const demoDrafts: readonly LevqorItem[] = [
  draftOf("northwind", {
    id: "draft-northwind-briefing",
    title: "Client briefing into Notion",
    sentence: "When a client fills the briefing form, create a page in Notion and send a message to Slack.",
    purpose: "The designers start with everything that the client said.",
    owner: "Amara Okafor",
    date: "2026-10-20",
  }),
  draftOf("northwind", {
    id: "draft-northwind-invoice-reminder",
    title: "Remind clients of open invoices",
    sentence: "Every Friday at 16:00, find unpaid invoices in Stripe and send a reminder with Gmail.",
    purpose: "Nobody has to remember who has not paid yet.",
    owner: "Amara Okafor",
    date: "2026-11-02",
  }),
  draftOf("bluebird", {
    id: "draft-bluebird-roast-plan",
    title: "Roast plan for the week",
    sentence: "Every Sunday at 18:00, read the orders from a Google Sheet and send the roast plan to Slack.",
    purpose: "The roastery knows on Monday how much of which coffee is needed.",
    owner: "Jonas Weber",
    date: "2026-10-28",
  }),
];

function draftOf(tenantId: string, template: WorkflowTemplate): LevqorItem {
  return { ...templateItem(template, "draft"), tenantId };
}
