import type { DebugRule } from "./debug-rule.js";
import { airtableRules } from "./rules/airtable-rules.js";
import { dataRules } from "./rules/data-rules.js";
import { databaseAccessRules } from "./rules/database-access-rules.js";
import { databaseRules } from "./rules/database-rules.js";
import { githubRules } from "./rules/github-rules.js";
import { googleRules } from "./rules/google-rules.js";
import { httpRules } from "./rules/http-rules.js";
import { hubspotRules } from "./rules/hubspot-rules.js";
import { mailRules } from "./rules/mail-rules.js";
import { messagingRules } from "./rules/messaging-rules.js";
import { microsoftRules } from "./rules/microsoft-rules.js";
import { modelRules } from "./rules/model-rules.js";
import { networkRules } from "./rules/network-rules.js";
import { notionRules } from "./rules/notion-rules.js";
import { paymentRules } from "./rules/payment-rules.js";
import { runtimeRules } from "./rules/runtime-rules.js";
import { salesforceRules } from "./rules/salesforce-rules.js";
import { shopifyRules } from "./rules/shopify-rules.js";
import { signInRules } from "./rules/sign-in-rules.js";
import { slackRules } from "./rules/slack-rules.js";
import { stripeRules } from "./rules/stripe-rules.js";
import { tlsRules } from "./rules/tls-rules.js";
import { webhookRules } from "./rules/webhook-rules.js";

/** Every built-in rule. Where two say equally much about a case, the earlier one stands first. */
export const debugRules: readonly DebugRule[] = [
  ...slackRules,
  ...googleRules,
  ...microsoftRules,
  ...notionRules,
  ...airtableRules,
  ...stripeRules,
  ...githubRules,
  ...hubspotRules,
  ...salesforceRules,
  ...shopifyRules,
  ...modelRules,
  ...messagingRules,
  ...signInRules,
  ...paymentRules,
  ...webhookRules,
  ...mailRules,
  ...databaseAccessRules,
  ...databaseRules,
  ...tlsRules,
  ...networkRules,
  ...runtimeRules,
  ...dataRules,
  ...httpRules,
];
