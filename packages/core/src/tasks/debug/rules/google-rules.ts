import type { DebugRule } from "../debug-rule.js";

const services = [
  "google", "gmail", "google_sheets", "google_drive", "google_calendar", "google_docs", "google_forms",
  "google_analytics", "google_chat", "google_meet", "google_slides", "google_tasks", "google_ads", "google_bigquery",
  "youtube",
]; // biome-ignore format: a list

const limited = {
  finding: "a rate limit of Google's is reached",
  causes: [
    "Too many calls in one minute for this user or project; Sheets, for example, counts reads and writes per minute",
    "Rows or messages are handled one by one",
  ],
  fixes: ["Wait a minute and repeat with growing pauses", "Put many changes into one batch call"],
  prevention: ["Batch by default, and limit the calls of each user on your side"],
};

/** Gmail, Sheets, Drive, Calendar and the other APIs of Google. */
export const googleRules: readonly DebugRule[] = [
  {
    id: "google-auth",
    services,
    status: [401],
    finding: "Google does not accept the access token",
    causes: [
      "Google access tokens live for about an hour and this one was not refreshed",
      "The user revoked the app in the Google account",
    ],
    fixes: ["Refresh the token; if that fails with invalid_grant, connect {service} again"],
    prevention: ["Ask for offline access, so that there is a refresh token"],
  },
  {
    id: "google-grant",
    services,
    phrases: ["invalid grant"],
    finding: "Google no longer accepts the refresh token",
    causes: [
      "The app is in “testing” in the Google console: its refresh tokens end after seven days",
      "The user changed the password or revoked access",
      "The refresh token was not used for six months, or pushed out by newer ones of the same account",
    ],
    fixes: [
      "Publish the app in the Google console, then connect {service} again",
      "Store the newest refresh token of each account, and use it in one place only",
    ],
    prevention: ["Tell the user to reconnect as soon as a refresh fails"],
  },
  {
    id: "google-delegation",
    services,
    phrases: ["client is unauthorized to retrieve access tokens using this method", "unauthorized client"],
    finding: "the service account may not act for this user",
    causes: [
      "Domain-wide delegation is missing for the service account's client id, or for one of the scopes",
    ],
    fixes: [
      "Let an administrator add client id and exact scopes under “Domain-wide delegation” in the Admin console",
    ],
    prevention: ["Change the list there whenever the app asks for another scope"],
  },
  {
    id: "google-scope",
    services,
    phrases: [
      "insufficientpermissions", "insufficient permission", "insufficient authentication scopes",
      "access token scope insufficient", "insufficient authentication scope",
    ], // biome-ignore format: a list
    finding: "the Google token lacks a scope",
    causes: [
      "The user connected {service} before the scope for {endpoint} was asked for, or left its box unticked",
    ],
    fixes: ["Ask for the scope and send the user through the consent screen again (prompt=consent)"],
    prevention: ["Compare the granted scopes with the wished ones right after the sign-in"],
  },
  {
    id: "google-api-off",
    services,
    phrases: ["accessnotconfigured", "service disabled", "has not been used in project", "it is disabled"],
    reach: "alone",
    finding: "the API is not enabled in the Google Cloud project",
    causes: ["The API of {service} was never enabled in the project that the credential belongs to"],
    fixes: [
      "Enable it under “APIs & Services” in that project: the answer has the link",
      "Wait some minutes, then repeat",
    ],
    prevention: ["Enable APIs by script, the same in every project"],
  },
  {
    id: "google-file",
    services,
    phrases: [
      "caller does not have permission", "does not have sufficient permissions", "insufficientfilepermissions",
      "does not have permission",
    ], // biome-ignore format: a list
    finding: "the connected Google account may not use this file or record",
    causes: [
      "The file is not shared with the connected account, or only for reading",
      "The step uses a service account: it sees only what is shared with its own address",
    ],
    fixes: [
      "Share the file with the connected account as editor",
      "Open it in a browser as that account to check",
    ],
    prevention: ["Share a folder with the account, so that new files are covered"],
  },
  {
    id: "google-permission",
    services,
    status: [403],
    finding: "Google refuses access",
    causes: [
      "The API is not enabled in the Google Cloud project",
      "The file is not shared with the connected account, or a scope is missing",
      "A usage limit: the answer's reason says userRateLimitExceeded or quotaExceeded",
    ],
    fixes: [
      "Read the “reason” in the answer",
      "Enable the API of {service} in the project's console",
      "Share the file with the connected account",
    ],
    prevention: ["Share a folder with the account, so that new files are covered"],
  },
  {
    id: "google-missing",
    services,
    phrases: ["requested entity was not found", "file not found", "notfound"],
    finding: "Google shows nothing with this id to the connected account",
    causes: [
      "The id is wrong or the file was deleted",
      "The file is not shared with the connected account: Google then answers as if it was not there",
    ],
    fixes: [
      "Copy the id from the file's address, between /d/ and /edit",
      "Share the file with the connected account",
    ],
    prevention: ["Keep files that workflows use in one shared folder"],
  },
  {
    id: "google-range",
    services: ["google", "google_sheets"],
    phrases: ["unable to parse range"],
    finding: "the range names a tab or cells that are not there",
    causes: ["The tab was renamed or deleted", "A tab name with spaces is not in single quotes"],
    fixes: ["Choose spreadsheet and tab again in the step", "Write the range as 'Tab name'!A1:D"],
    prevention: ["Do not rename tabs that workflows write to"],
  },
  {
    id: "google-protected",
    services: ["google", "google_sheets"],
    phrases: ["protected cell", "protected range", "protected"],
    finding: "the cells are protected",
    causes: [
      "The owner of the sheet protected this range, and the connected account is not among its editors",
    ],
    fixes: ["Add the account under “Data → Protect sheets and ranges”, or write to another tab"],
    prevention: ["Let workflows write to a tab of their own"],
  },
  {
    id: "google-cells",
    services: ["google", "google_sheets"],
    phrases: ["exceeds grid limits", "limit of 10000000 cells", "above the limit of"],
    finding: "the sheet has no room for this",
    causes: [
      "The range lies outside the tab's rows and columns",
      "The spreadsheet has reached ten million cells",
    ],
    fixes: [
      "Append rows instead of writing to fixed ones, or add rows first",
      "Move old rows to another spreadsheet",
    ],
    prevention: ["Start a new spreadsheet each month or year"],
  },
  {
    id: "google-admin",
    services,
    phrases: ["admin policy enforced", "org internal", "access blocked"],
    finding: "Google does not let this account use the app",
    causes: [
      "An administrator of the Workspace blocks apps that are not on the list",
      "The app is “internal” to another organisation, or not verified for this scope",
    ],
    fixes: [
      "Ask the Workspace administrator to trust the app under “API controls”",
      "Set the user type of the app to external",
    ],
    prevention: ["Have the app verified before customers connect"],
  },
  {
    id: "gmail-mailbox",
    services: ["google", "gmail"],
    phrases: ["precondition check failed", "failedprecondition", "mail service not enabled"],
    finding: "there is no mailbox behind this account",
    causes: [
      "A service account was used without acting for a user (domain-wide delegation)",
      "Gmail is switched off for the user",
    ],
    fixes: ["Name the user to act for when the token is made, or connect by OAuth as that user"],
    prevention: ["Read the user's profile as a test when connecting"],
  },
  {
    id: "gmail-sending-limit",
    services: ["google", "gmail", "smtp"],
    phrases: ["daily user sending limit", "daily sending limit", "daily user sending quota", "550 5 4 5"],
    reach: "alone",
    finding: "Gmail sends no more mail for this account today",
    causes: [
      "The account has reached its limit of mails a day: 500 for gmail.com, 2,000 for Google Workspace",
    ],
    fixes: [
      "Pause for up to 24 hours: the limit is a rolling one",
      "Send bulk mail by a sending service instead",
    ],
    prevention: ["Count the mails of each account and stop below the limit"],
  },
  {
    id: "google-storage",
    services,
    phrases: ["storagequotaexceeded", "storage quota"],
    reach: "alone",
    finding: "the Drive storage is full",
    causes: [
      "The owner of the file has no storage left",
      "A service account uploads into its own Drive: it has no storage of its own",
    ],
    fixes: ["Free storage or buy more", "Upload into a shared drive, or as a user"],
    prevention: ["Write files of workflows into a shared drive"],
  },
  {
    id: "google-sync-token",
    services: ["google", "google_calendar"],
    phrases: ["fullsyncrequired", "sync token is no longer valid", "sync token"],
    finding: "the sync token is too old",
    causes: ["Google dropped the sync token, so changes since then can't be listed"],
    fixes: [
      "Forget the stored token and read everything once more without it",
      "Store the nextSyncToken of the last page",
    ],
    prevention: ["Treat 410 as a normal case that starts a full sync"],
  },
  { id: "google-quota", services, status: [429], ...limited },
  {
    id: "google-rate",
    services,
    phrases: [
      "userratelimitexceeded", "ratelimitexceeded", "user rate limit exceeded", "rate limit exceeded",
      "quota exceeded for quota metric", "resource exhausted", "resource has been exhausted",
    ], // biome-ignore format: a list
    ...limited,
  },
  {
    id: "google-daily",
    services,
    phrases: ["dailylimitexceeded", "quotaexceeded", "daily limit exceeded"],
    finding: "the daily quota of the Google Cloud project is used up",
    causes: ["The project's calls of today are spent, often by a loop or by frequent polling"],
    fixes: [
      "Wait until midnight Pacific Time, when daily quotas start again",
      "Ask for more under “Quotas” in the console",
    ],
    prevention: ["Use push notifications instead of polling"],
  },
];
