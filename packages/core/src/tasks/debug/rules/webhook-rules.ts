import type { DebugRule } from "../debug-rule.js";

/** What error texts say about webhooks. */
export const webhookRules: readonly DebugRule[] = [
  {
    id: "webhook-signature",
    phrases: [
      "webhook signature", "signature verification", "signature mismatch", "no signatures found", "hmac",
      "signature does not match",
    ], // biome-ignore format: a list
    finding: "the signature of the webhook does not fit its body",
    causes: [
      "The body was parsed and written again before it was checked; the signature covers the raw bytes",
      "The signing secret is that of another endpoint or environment",
      "The message is older than the tolerance, or the clocks differ",
    ],
    fixes: [
      "Verify the raw request body of {endpoint}, before any JSON parser touches it",
      "Copy the signing secret of exactly this webhook from {service}",
    ],
    prevention: ["Test the endpoint with a signed test event after every deployment"],
  },
  {
    id: "webhook",
    phrases: ["webhook"],
    reach: "broad",
    finding: "the webhook was not delivered or not accepted",
    causes: ["{endpoint} is not reachable from the internet, or answers with an error or too slowly"],
    fixes: [
      "Send a test event from {service} and read the delivery log",
      "Answer 200 at once and do the work afterwards",
    ],
    prevention: ["Accept the same event twice without harm, since senders repeat"],
  },
  {
    id: "webhook-old",
    phrases: [
      "timestamp too old",
      "outside the tolerance",
      "timestamp outside",
      "webhook timestamp",
      "timestamp is too old",
    ],
    finding: "the signed webhook is too old",
    causes: [
      "The clock of the receiving server is wrong",
      "The message waited in a queue, or a recorded one is sent again",
    ],
    fixes: ["Set the clock by NTP", "Check the signature when the message arrives"],
    prevention: ["Watch the clock's offset"],
  },
  {
    id: "webhook-duplicate",
    phrases: [
      "duplicate event",
      "duplicate delivery",
      "duplicate webhook",
      "already processed",
      "delivered twice",
      "received twice",
      "event already handled",
    ],
    finding: "the same event came more than once",
    causes: [
      "Senders repeat an event when they get no 2xx in time: “at least once” is how webhooks work",
      "Two webhooks are registered for the same event",
    ],
    fixes: [
      "Store the id of each event and skip those that are known",
      "Look for a second registration in {service}",
    ],
    prevention: ["Answer 2xx at once and make the work repeatable without harm"],
  },
  {
    id: "webhook-timeout",
    phrases: [
      "webhook timed out",
      "webhook timeout",
      "webhook delivery timed out",
      "webhook request timed out",
      "failed to respond within",
      "did not respond within",
      "delivery timed out",
      "webhook delivery failed timed out",
    ],
    finding: "the receiver took too long to answer the webhook",
    causes: ["{endpoint} does its work before it answers; senders wait only some seconds"],
    fixes: [
      "Put the event into a queue and answer 200 at once",
      "Measure what takes the time: often a cold start or a slow query",
    ],
    prevention: ["Keep the handler under a second"],
  },
  {
    id: "webhook-missing",
    phrases: ["webhook is not registered", "webhook not found", "webhook not registered"],
    finding: "no webhook is registered at this address",
    causes: [
      "The workflow is switched off, or its test address was used in production",
      "The path or method differs from the registered one",
    ],
    fixes: ["Switch the workflow on and copy its production address into {service}"],
    prevention: ["Send a test event after every change of the address"],
  },
  {
    id: "webhook-disabled",
    phrases: [
      "webhook disabled",
      "webhook has been disabled",
      "endpoint has been disabled",
      "subscription disabled",
      "webhook was disabled",
    ],
    finding: "the sender has switched the webhook off",
    causes: ["Too many deliveries failed one after the other"],
    fixes: [
      "Correct the error that the delivery log shows, switch the webhook on again and ask for the missed events",
    ],
    prevention: ["Alert on the first failed deliveries"],
  },
  {
    id: "webhook-challenge",
    phrases: [
      "url verification",
      "challenge parameter",
      "challenge failed",
      "validation token",
      "failed to verify webhook",
      "callback verification failed",
    ],
    finding: "the address was not confirmed",
    causes: ["The sender asks {endpoint} to send a challenge back, and got another answer"],
    fixes: [
      "Answer the challenge exactly as the reference of {service} says, in plain text or JSON",
      "Answer 200 without a sign-in or redirect",
    ],
    prevention: ["Keep the challenge in the tests of the endpoint"],
  },
];
