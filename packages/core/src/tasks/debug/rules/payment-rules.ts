import type { DebugRule } from "../debug-rule.js";

/** What error texts say about money: declined payments and accounts without credit. */
export const paymentRules: readonly DebugRule[] = [
  {
    id: "card-declined",
    phrases: [
      "card declined", "card was declined", "payment declined", "payment was declined", "do not honor",
      "generic decline", "instrument declined", "expired card", "card has expired", "incorrect cvc",
    ], // biome-ignore format: a list
    reach: "alone",
    finding: "the customer's payment was declined",
    causes: [
      "The bank declined the card: the decline code of the answer says why",
      "The card has expired, or its number, date or security code is wrong",
      "The payment needs authentication (3-D Secure)",
    ],
    fixes: [
      "Read the decline code and ask the customer for another payment method",
      "Send the customer through the authentication step",
    ],
    prevention: ["Tell the customer at once when a payment fails, with a link to change the card"],
  },
  {
    id: "no-credit",
    phrases: [
      "insufficient quota", "exceeded your current quota", "check your plan and billing", "credit balance is too low",
      "insufficient credits", "insufficient balance", "out of credits", "billing hard limit",
    ], // biome-ignore format: a list
    reach: "alone",
    finding: "the account has no credit left",
    causes: [
      "The prepaid balance or the spending limit of the {service} account is used up: waiting does not help",
    ],
    fixes: [
      "Add credit or raise the limit in the billing settings of {service}",
      "Then repeat the call once",
    ],
    prevention: ["Set a usage alert below the limit"],
  },
  {
    id: "card-funds",
    phrases: ["insufficient funds"],
    reach: "alone",
    finding: "the customer's account has too little money",
    causes: ["The bank declined because the balance or the card's limit is too low"],
    fixes: ["Ask the customer for another payment method, or charge again on another day"],
    prevention: ["Repeat failed subscription payments a few days apart"],
  },
];
