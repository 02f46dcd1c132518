import type { ServiceCategory } from "../services/service.js";

const listing: readonly (readonly [nouns: string, ...categories: ServiceCategory[]])[] = [
  ["email|e-mail|mail|inbox|mailbox|newsletter draft", "email"],
  ["message|dm|direct message|channel|chat|thread", "chat"],
  ["notification|alert|reminder", "chat", "email", "sms"],
  ["sms|text message|text", "sms"],
  ["form|survey|questionnaire|quiz|submission|form response|survey response|web form|contact form", "forms"],
  ["spreadsheet|sheet|worksheet|tab", "spreadsheets"],
  ["row|column", "spreadsheets", "databases"],
  ["record|database|table", "databases"],
  ["task|to-do|todo|card|board|subtask|project", "tasks"],
  ["ticket|support request|support ticket|case", "support", "tasks"],
  ["lead|contact|deal|opportunity|pipeline stage", "crm"],
  ["event|meeting|appointment|calendar|booking|invitee", "calendar"],
  ["payment|charge|subscription|refund|payout|dispute|checkout", "payments"],
  ["invoice", "accounting", "payments"],
  ["bill|expense|receipt", "accounting"],
  ["order|product|cart|purchase|fulfillment|fulfilment|shipment|inventory|stock", "commerce"],
  ["file|folder|attachment|backup|pdf|image|photo|upload", "storage"],
  ["document|doc", "documents", "storage"],
  ["note|page|wiki", "notes"],
  ["issue|bug", "developer", "tasks"],
  ["commit|pull request|repo|repository|release|deploy|deployment|build|branch", "developer"],
  ["newsletter|subscriber|campaign|mailing list|audience", "marketing"],
  ["tweet|follower|social post|hashtag", "social"],
  ["blog post|blog|article|website", "website"],
  ["video|webinar|recording", "video"],
  ["voicemail|phone call|call", "phone"],
  ["signature|contract|agreement|envelope", "signature"],
  ["employee|candidate|applicant|new hire", "people"],
  ["summary|sentiment|translation", "ai"],
  ["error|incident|outage", "monitoring"],
];

/** Nouns (one or two words, singular) → the kinds of service they live in, most likely first. */
export const categoryNouns: ReadonlyMap<string, readonly ServiceCategory[]> = new Map(
  listing.flatMap(([nouns, ...categories]) => nouns.split("|").map((noun) => [noun, categories] as const)),
);

/** Nouns that name a service by themselves, whatever is connected. */
export const builtInNouns: ReadonlyMap<string, string> = new Map([
  ["webhook", "webhook"],
  ["web hook", "webhook"],
  ["rss", "rss"],
  ["rss feed", "rss"],
  ["feed", "rss"],
  ["tweet", "twitter"],
  ["http request", "http"],
  ["api call", "http"],
  ["api request", "http"],
]);

/** Who a message goes to; "send an email to the lead" is not about the CRM. */
export const peopleNouns: ReadonlySet<string> = new Set(
  "lead contact candidate applicant employee subscriber follower new-hire invitee".split(" "),
);

/** The service that does the job when no account is connected. */
export const builtInOf: Readonly<Partial<Record<ServiceCategory, string>>> = {
  email: "email",
  forms: "forms",
  sms: "sms",
};

/** A category in a question to the user. */
export const categoryLabels: Readonly<Record<ServiceCategory, string>> = {
  accounting: "accounting tool",
  ads: "ads account",
  ai: "AI service",
  analytics: "analytics tool",
  built_in: "app",
  calendar: "calendar",
  chat: "chat app",
  commerce: "shop system",
  crm: "CRM",
  databases: "database",
  developer: "developer tool",
  documents: "document tool",
  email: "email account",
  forms: "form tool",
  marketing: "mailing tool",
  monitoring: "monitoring tool",
  notes: "notes app",
  payments: "payment service",
  people: "HR tool",
  phone: "phone system",
  signature: "signature service",
  sms: "SMS service",
  social: "social network",
  spreadsheets: "spreadsheet",
  storage: "file storage",
  support: "help desk",
  tasks: "task manager",
  video: "video tool",
  website: "website builder",
};
