import type { ServiceCategory } from "../services/service.js";

/** What starts a workflow when no app does. */
export type PlainStart = "schedule" | "forms" | "webhook";

type Cues = readonly (readonly [weight: number, phrases: string])[];

/** Words of a title → how strongly they say that it runs on a schedule, by a form, or when a webhook is called. */
export const startCues: Readonly<Record<PlainStart, Cues>> = {
  schedule: [
    [
      5,
      "scheduled|cron|periodic|periodically|recurring|daily|weekly|monthly|nightly|hourly|quarterly|yearly",
    ],
    [
      3.5,
      "backup|backups|back up|scrape|scraper|scraping|crawl|crawler|digest|uptime|weather|forecast|birthday",
    ],
    [
      3,
      "report|reports|reporting|monitor|monitoring|monitors|export|import|two-way|overdue|inactive|expired|expiring",
    ],
    [
      2.5,
      `sync|syncs|synchronize|fetch|migrate|migration|transfer|publish|generate|generates|generator|get all|prices|trends|
      competitor|trending|auto-post|auto post|news|newsletter|briefing|prep|find|certificate`,
    ],
    [
      1.5,
      "get|track|tracker|tracking|summary|reminder|reminders|content|videos|analytics|playlist|stock|auto",
    ],
    [0.5, "check|collect|automate|automated|collection|update|updates"],
  ],
  forms: [
    [
      4.5,
      "form submission|form submissions|lead form|contact form|application form|intake form|form upload|web form",
    ],
    [3, "form|forms|intake|registration|signup form|onboarding form|questionnaire"],
    [2, "survey|application|feedback|customer service"],
  ],
  webhook: [
    [6, "webhook|webhooks|endpoint"],
    [3, "rest api|via api|url shortener|callback|respond to"],
    [2.8, "convert|converter|conversion|to html|to pdf|to json|to xml"],
    [1.5, "api|http"],
  ],
};

/** Words that say an app of these kinds is listened to: a chatbot waits for messages, a label needs an email. */
export const appCues: readonly (readonly [
  weight: number,
  phrases: string,
  ...categories: ServiceCategory[],
])[] = [
  [
    4,
    "bot|chatbot|chat bot|assistant|agent|ai agent|voice|chat|answers|conversational|expenses|voice notes|mcp",
    "chat",
  ],
  [
    2.5,
    "attachment|attachments|inbox|incoming|unread|label|auto-label|reply|replies|auto reply|forward|unsubscribe|resume|resumes|invoice",
    "email",
  ],
  [2, "emails|email|messages|support agent|support", "email"],
  [2, "approval|approvals|requests|ask|command|commands", "chat"],
  [
    2,
    "enrich|enrichment|qualify|qualification|scoring|valid|validate|verify|verification",
    "crm",
    "marketing",
  ],
  [2.5, "cart|abandoned cart|order confirmation|fulfillment", "commerce"],
];

/** How much an app of a category is likely to start a workflow that names it, before anything else is known. */
export const categoryWeights: Readonly<Partial<Record<ServiceCategory, number>>> = {
  forms: 4,
  ads: 2.5,
  payments: 2,
  signature: 2,
  email: 1.8,
  commerce: 1.8,
  support: 1.6,
  tasks: 1.6,
  crm: 1.6,
  people: 1.6,
  calendar: 1.4,
  developer: 1.6,
  marketing: 1.6,
  chat: 0.8,
  storage: 1,
  notes: 0.4,
  databases: 0.8,
  spreadsheets: -1.3,
};

/** Services that differ from their category: they start a workflow nearly whenever one names them, or hardly ever. */
export const serviceWeights: ReadonlyMap<string, number> = new Map(
  Object.entries({
    calendly: 4,
    cal_com: 4,
    acuity_scheduling: 4,
    eventbrite: 3.5,
    mqtt: 6,
    kafka: 6,
    amqp: 6,
    rabbitmq: 6,
    telegram: 1.8,
    whatsapp: 1.8,
    discord: 0,
    line: 1,
    postgres: 0,
    redis: 0.5,
    rss: 5,
    emelia: 3,
    strava: 3,
    quickbooks: 0.5,
    xero: 0.5,
  }),
);

/** An app that has to be asked starts a workflow only when its new things are spoken of. */
export const quietWeight = -0.5;

/** What is assumed when a title says nothing about its start: most such workflows run on a schedule. */
export const scheduleWeight = 2.2;
