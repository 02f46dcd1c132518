import type { ServiceCategory } from "./service.js";

/** What a service can do in a workflow. */
export interface Ability {
  /** What happens in it that can start a workflow; empty when it tells nobody and has to be asked. */
  readonly starts: readonly string[];
  /** What an action can do there. */
  readonly does: readonly string[];
}

type Row = readonly [starts: string, does: string];

/** What the services of a category can do unless {@link quiet} says otherwise. */
const byCategory: Readonly<Record<ServiceCategory, Row>> = {
  accounting: ["invoice|payment|customer", "create|update|get"],
  ads: ["lead", "get|report"],
  ai: ["", "summarize|classify|translate|write|extract"],
  analytics: ["", "get|report|track"],
  built_in: ["", ""],
  calendar: ["event|booking|cancellation", "create|update|delete|get"],
  chat: ["message|mention|command", "send|post|reply|search"],
  commerce: ["order|product|customer|refund", "create|update|get"],
  crm: ["lead|contact|deal|company", "create|update|search|get"],
  databases: ["", "insert|update|delete|query"],
  developer: ["issue|push|pull request|release|message", "create|update|get|run"],
  documents: ["", "create|update|get|export"],
  email: ["email|attachment|reply", "send|reply|label|draft|search"],
  forms: ["submission|response", ""],
  marketing: ["contact|subscriber|unsubscribe|campaign|open|click", "add|remove|tag|send|get"],
  monitoring: ["alert|incident|event|case", "create|update|get"],
  notes: ["page|database item", "create|update|search|get"],
  payments: ["payment|subscription|refund|dispute|invoice", "create|refund|get"],
  people: ["employee|candidate|user", "create|update|get"],
  phone: ["call|recording|voicemail", "call|get"],
  signature: ["signature|document", "send|get"],
  sms: ["text message|call", "send|call"],
  social: ["post|mention|comment", "post|get|search"],
  spreadsheets: ["row", "add|update|delete|get"],
  storage: ["file|folder", "upload|download|move|share"],
  support: ["ticket|conversation|reply", "create|update|reply|search"],
  tasks: ["task|issue|comment|status", "create|update|move|complete|search"],
  video: ["meeting|recording|webinar", "create|update|get"],
  website: ["post|comment|form submission", "create|update|publish|get"],
};

/** Services that have events although their category tells of none. */
const telling: Readonly<Record<string, string>> = {
  schedule: "time",
  webhook: "request",
  manual: "click",
  rss: "item",
  forms: "submission",
  email: "email",
  airtable: "record",
  baserow: "row",
  nocodb: "row",
  grist: "row",
  seatable: "row",
  supabase: "row",
  redis: "message",
  postgres: "row",
  squarespace: "order|form submission",
  trustpilot: "review",
  figma: "comment|version",
};

/** Services that do less than their category, or are built in: most tell of their events and cannot be read. */
const doing: Readonly<Record<string, string>> = {
  calendly: "",
  cal_com: "",
  acuity_scheduling: "",
  eventbrite: "",
  facebook_lead_ads: "",
  figma: "",
  gumroad: "",
  squarespace: "",
  trustpilot: "invite",
  linkedin: "post",
  medium: "post",
  buffer: "post",
  hootsuite: "post",
  pinterest: "post",
  webhook: "respond",
  email: "send",
  sms: "send",
  http: "request",
  delay: "wait",
  rss: "get",
};

/** Services that send no events, unlike others of their category: they have to be asked on a schedule. */
const quiet = new Set(
  `smtp postmark sendgrid mailgun mandrill mailcheck aws_ses resend gotify ntfy pushover pushbullet signl4 twake twist
  mocean msg91 sms77 vapi plivo i_cal google_contacts erp_next clearbit hunter dropcontact uplead uproc humantic_ai
  phantombuster apollo clay affinda action_network bitly yourls sendy iterable tapfiliate vero segment autopilot
  profitwell mindee dhl unleashed_software aws_cognito aws_iam ldap g_suite_admin bitwarden microsoft_entra
  google_cloud_storage azure_storage aws_s3 minio ftp nextcloud cloudinary evernote obsidian google_keep raindrop pocket
  git npm kubernetes docker_hub graphql aws_lambda aws_elb aws_certificate_manager citrix_adc cloudflare ssh
  google_translate one_simple_api post_bin philips_hue apify airtop firecrawl scrapingbee serpapi openweathermap nasa
  coin_gecko marketstack oura beeminder url_scan_io virus_total security_scorecard misp cortex wix
  wordpress ghost contentful strapi storyblok cockpit sanity google_books hacker_news peekalink
  open_thesaurus twitter linkedin facebook_graph_api instagram threads youtube tiktok pinterest reddit mastodon bluesky
  twitch buffer hootsuite spotify medium google_ads linkedin_ads google_tasks todoist microsoft_todo basecamp
  ticktick wekan harvest clockify smartsheet`.split(/\s+/u),
);

const words = (list: string) => (list === "" ? [] : list.split("|"));

/** What lives in the services of a category, whether they tell of it or not: `post`, `file`. */
export const thingsIn = (category: ServiceCategory): readonly string[] => words(byCategory[category][0]);

/** Every category. */
export const serviceCategories: readonly string[] = Object.keys(byCategory);

/** Whether a text is a category. */
export const isCategory = (text: string): text is ServiceCategory => Object.hasOwn(byCategory, text);

/** What a service of a category usually can do. */
export function usualAbility(category: ServiceCategory): Ability {
  const [starts, does] = byCategory[category];
  return { starts: words(starts), does: words(does) };
}

/** What a service of the built-in catalogue can do. */
export function abilityOf(id: string, category: ServiceCategory): Ability {
  const [starts, does] = byCategory[category];
  return {
    starts: words(telling[id] ?? (quiet.has(id) ? "" : starts)),
    does: words(doing[id] ?? does),
  };
}
