import type { DebugRule } from "../debug-rule.js";

/** What Microsoft Graph gives access to. */
const graphServices = [
  "microsoft_outlook",
  "microsoft_teams",
  "microsoft_excel",
  "microsoft_onedrive",
  "microsoft_sharepoint",
  "outlook_calendar",
  "microsoft_todo",
  "onenote",
  "microsoft_word",
  "microsoft_forms",
  "microsoft",
];

/** Microsoft Graph and Entra ID: sign-in codes (AADSTS…) and Graph's error codes. */
export const microsoftRules: readonly DebugRule[] = [
  {
    id: "microsoft-refresh",
    phrases: ["aadsts700082", "aadsts70008", "aadsts50173"],
    finding: "the refresh token of Microsoft has ended",
    causes: ["The connection was unused for too long, or the password was changed"],
    fixes: ["Ask the user to connect {service} again"],
    prevention: ["Refresh each connection now and then, also when no workflow runs"],
  },
  {
    id: "microsoft-redirect",
    phrases: ["aadsts50011"],
    finding: "the return address of the sign-in is not registered at Microsoft",
    causes: ["The redirect URI differs from those of the app registration"],
    fixes: ["Add exactly the address that is sent under “Authentication” of the app registration"],
    prevention: ["Keep one redirect URI per environment in the settings"],
  },
  {
    id: "microsoft-consent",
    phrases: ["aadsts65001", "aadsts90094"],
    finding: "nobody has consented to the app's permissions",
    causes: ["The user or an administrator has not approved the permissions, or new ones were added"],
    fixes: ["Let an administrator grant consent for the organisation, then connect again"],
    prevention: ["Ask for few permissions that need no administrator"],
  },
  {
    id: "microsoft-mfa",
    phrases: ["aadsts50076", "aadsts50079"],
    finding: "Microsoft asks the user for a second factor",
    causes: ["A policy of the organisation asks for multi-factor sign-in"],
    fixes: ["Let the user sign in again in the browser"],
    prevention: ["Never sign in with a stored password"],
  },
  {
    id: "microsoft-secret",
    phrases: ["aadsts7000215", "aadsts7000222"],
    finding: "Microsoft does not accept the app's client secret",
    causes: ["The secret has expired", "The secret's id was copied instead of its value"],
    fixes: ["Create a new secret and copy its value, which is shown once"],
    prevention: ["Put the secret's end date into a calendar, or use a certificate"],
  },
  {
    id: "microsoft-token",
    services: graphServices,
    phrases: ["invalidauthenticationtoken", "access token has expired or is not yet valid"],
    finding: "Graph does not accept the access token",
    causes: ["The token has expired or is for another resource than Graph"],
    fixes: [
      "Ask for a token with the scope https://graph.microsoft.com/.default or Graph scopes, then repeat",
    ],
    prevention: ["Refresh before expires_in is over"],
  },
  {
    id: "microsoft-permission",
    services: graphServices,
    phrases: [
      "authorization requestdenied",
      "erroraccessdenied",
      "insufficient privileges to complete the operation",
    ],
    finding: "the app lacks a Graph permission",
    causes: [
      "The permission for {endpoint} is missing, or an administrator has not granted it",
      "An application permission is needed and the token has delegated ones, or the other way round",
    ],
    fixes: [
      "Add the permission in the app registration and grant admin consent",
      "Get a new token afterwards: old ones do not gain it",
    ],
    prevention: ["Compare the “scp” or “roles” of the token with the reference"],
  },
  {
    id: "microsoft-throttled",
    services: graphServices,
    phrases: ["applicationthrottled", "mailboxconcurrency", "activitylimitreached"],
    finding: "Microsoft limits the rate",
    causes: ["Too many calls for this mailbox, site or app; a mailbox takes four at once"],
    fixes: [
      "Wait for the seconds in Retry-After",
      "Send fewer calls at once, or put up to 20 into one $batch",
    ],
    prevention: ["Use change notifications instead of polling"],
  },
  {
    id: "microsoft-lock",
    services: graphServices,
    phrases: ["resourcelocked", "the file is locked", "locked for editing"],
    finding: "the file is open or locked elsewhere",
    causes: ["Somebody has the file open in a way that locks it, or it is checked out"],
    fixes: ["Repeat after some minutes, or ask the person to close it"],
    prevention: ["Write into a file that only workflows use"],
  },
];
