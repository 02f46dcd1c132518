// What the built-in tasks are asked when their answers are timed and compared.

/** @typedef {{ task: string, input: object }} LocalQuestion */

const messages = [
  "What does the trial cost?",
  "How do I connect Gmail?",
  "cancell my subscripton",
  "Why did my workflow fail last night, and where can I see the log of the run?",
  "hello",
  "Wer hat den Pokal gewonnen?",
];
const descriptions = [
  "When a new lead fills a form, add a row to a Google Sheet and tell #sales on Slack",
  "Every Monday at 9 send me a report of last week's Stripe payments unless there are none",
  "Shopify orders over 100 to HubSpot",
  "0 9 * * 1 export the customers to dropbox",
  "if the subject contains invoice forward the e-mail to accounting, otherwise archive it",
  "do something useful",
];
const errors = [
  { error_type: "HTTPError", message: "invalid_auth", context: { service: "slack", http_status: 401 } },
  { error_type: "Error", message: "connect ECONNREFUSED 10.0.0.5:5432" },
  { error_type: "StripeCardError", message: "Your card was declined.", context: { http_status: 402 } },
  { error_type: "Timeout", message: "no answer", context: { endpoint: "https://api.example.com/v1/orders" } },
];
const stages = [
  { stage: "first_login" },
  { stage: "connect_first_tool", context: { has_connected_tool: true } },
  { stage: "invite_team", context: { has_connected_tool: true, has_run_workflow: true } },
];
const queries = ["connect a tool", "erors", "workflow runs from last week", "billing by anna"];

/** @type {readonly LocalQuestion[]} */
export const localQuestions = [
  ...messages.map((message) => ({ task: "chat", input: { message, context: { page: "dashboard" } } })),
  ...descriptions.map((description) => ({ task: "workflow", input: { description } })),
  ...errors.map((input) => ({ task: "debug", input })),
  ...stages.map((input) => ({ task: "onboarding", input })),
  ...queries.map((query) => ({ task: "semantic_search", input: { query } })),
  ...queries.map((query) => ({ task: "intelligent_search", input: { query } })),
  { task: "get_recommendations", input: {} },
];
