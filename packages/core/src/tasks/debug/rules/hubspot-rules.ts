import type { DebugRule } from "../debug-rule.js";

const services = ["hubspot"];

const noScope = {
  finding: "the HubSpot app lacks a scope",
  causes: [
    "The answer names the scopes, for example crm.objects.contacts.write",
    "The portal's plan lacks the feature",
  ],
  fixes: ["Add the scope to the app and let the portal install it again"],
  prevention: ["Ask for the CRM scopes that each workflow writes to"],
};

/** HubSpot's error categories and limits. */
export const hubspotRules: readonly DebugRule[] = [
  {
    id: "hubspot-scope",
    services,
    status: [403],
    ...noScope,
  },
  { id: "hubspot-missing-scopes", services, phrases: ["missing scopes", "required scopes"], ...noScope },
  {
    id: "hubspot-auth",
    services,
    status: [401],
    finding: "HubSpot does not accept the token",
    causes: [
      "HubSpot's OAuth access tokens live for about 30 minutes and this one was not refreshed",
      "An old API key is used: HubSpot ended them in favour of private apps",
    ],
    fixes: ["Refresh the token, or create a private app and use its token"],
    prevention: ["Refresh by the expires_in of each token"],
  },
  {
    id: "hubspot-rate",
    services,
    status: [429],
    finding: "HubSpot's limit is reached",
    causes: ["The limit per ten seconds or per day is used up: the answer's policyName says which"],
    fixes: [
      "For TEN_SECONDLY_ROLLING wait ten seconds; for DAILY wait until midnight of the portal",
      "Use the batch endpoints",
    ],
    prevention: ["Write up to 100 records per batch call"],
  },
  {
    id: "hubspot-ten-seconds",
    services,
    phrases: ["ten secondly rolling", "ten secondly"],
    reach: "alone",
    finding: "HubSpot's limit of calls in ten seconds is reached",
    causes: [
      "The app sends more calls in ten seconds than the account allows",
      "Records are written one by one",
    ],
    fixes: ["Wait ten seconds, then go on", "Write up to 100 records with one call of the batch endpoints"],
    prevention: ["Keep the calls below the limit by a queue for each account"],
  },
  {
    id: "hubspot-search-limit",
    services,
    phrases: ["your secondly limit", "secondly limit"],
    reach: "alone",
    finding: "HubSpot's limit of calls in one second is reached",
    causes: ["The search endpoints have a limit of their own, of a few calls a second for the whole account"],
    fixes: [
      "Wait a second between searches",
      "Read by id or by email with a batch call instead of searching",
    ],
    prevention: ["Remember the ids that HubSpot gave to your records"],
  },
  {
    id: "hubspot-daily",
    services,
    phrases: ["daily limit", "policyname daily"],
    reach: "alone",
    finding: "HubSpot's calls of today are used up",
    causes: ["All apps of the account share a number of calls a day, and it is spent"],
    fixes: [
      "Wait until midnight in the account's time zone",
      "Use webhooks and batch endpoints, or buy more calls",
    ],
    prevention: ["Alert at 80 % of the day's calls"],
  },
  {
    id: "hubspot-property",
    services,
    phrases: ["property doesn t exist", "property doesnt exist", "property does not exist"],
    finding: "HubSpot does not know the property",
    causes: [
      "The label was used instead of the internal name",
      "The property belongs to another kind of object",
    ],
    fixes: ["Copy the internal name from the property's settings, or create the property"],
    prevention: ["Read the list of properties instead of typing their names"],
  },
  {
    id: "hubspot-option",
    services,
    phrases: ["not one of the allowed options", "invalid option", "allowed options"],
    finding: "the value is not among the property's options",
    causes: ["The option's label was used instead of its internal value, or the option is missing"],
    fixes: ["Send the internal value, or add the option to the property"],
    prevention: ["Map values to the options before the step"],
  },
  {
    id: "hubspot-values",
    services,
    phrases: ["property values were not valid"],
    finding: "HubSpot refuses the value of a property",
    causes: [
      "The answer names property and reason: a wrong date (milliseconds at midnight UTC), number or option",
    ],
    fixes: ["Correct the value that the answer names and send {endpoint} again"],
    prevention: ["Convert values by the property's type before the step"],
  },
  {
    id: "hubspot-exists",
    services,
    phrases: ["contact already exists", "already exists"],
    finding: "HubSpot has this record already",
    causes: ["A contact with this email exists: the message names its id"],
    fixes: ["Update the contact with that id, or use the batch upsert with the email as its key"],
    prevention: ["Use “create or update” everywhere"],
  },
  {
    id: "hubspot-email",
    services,
    phrases: ["invalid email", "email address is invalid"],
    finding: "the email address is not valid",
    causes: ["The address has a typo, a space or several addresses in one field"],
    fixes: ["Trim and check the address before the step"],
    prevention: ["Check addresses where they are entered"],
  },
];
