import type { DebugRule } from "../debug-rule.js";

const google = [
  "google",
  "gmail",
  "google_sheets",
  "google_drive",
  "google_calendar",
  "google_docs",
  "google_forms",
  "google_analytics",
];

/** Slack, Google, Notion and Airtable: what is particular to them, beyond what status and message say. */
export const workspaceRules: readonly DebugRule[] = [
  {
    id: "slack-auth",
    services: ["slack"],
    status: [401],
    finding: "Slack does not accept the token",
    causes: [
      "The bot token (it starts with xoxb-) was revoked because the app was removed from the workspace or installed again",
      "A user or app-level token is used where {endpoint} needs the bot token",
    ],
    fixes: [
      "Call auth.test with the same token: it tells at once whether the token is valid, and for which workspace",
      "Install the app in the workspace again and store the new bot token",
    ],
    prevention: [
      "Listen to the events app_uninstalled and tokens_revoked, and mark the connection as broken",
    ],
  },
  {
    id: "slack-token",
    services: ["slack"],
    phrases: ["invalid auth", "not authed", "token revoked", "account inactive", "token expired"],
    finding: "Slack reports that the token is not valid",
    causes: [
      "invalid_auth, token_revoked or account_inactive: the token or the user behind it was removed",
      "not_authed: no token was sent",
    ],
    fixes: [
      "Check the token with auth.test, then connect Slack again",
      "Send the token in the Authorization header, not in the body",
    ],
    prevention: ["Connect Slack as a bot, not as a person who may leave"],
  },
  {
    id: "slack-channel",
    services: ["slack"],
    phrases: ["channel not found", "not in channel", "is archived"],
    finding: "the bot can't post to this channel",
    causes: [
      "The bot was not invited to the (private) channel",
      "The channel's name was used instead of its id, or it was archived",
    ],
    fixes: [
      "Invite the bot with “/invite @bot” in the channel",
      "Use the channel id (it starts with C) instead of the name",
    ],
    prevention: ["Store channel ids: names change"],
  },
  {
    id: "slack-scope",
    services: ["slack"],
    phrases: ["missing scope", "no permission", "not allowed token type"],
    finding: "the Slack app lacks a scope",
    causes: [
      "{endpoint} needs a scope that the app does not have: the answer's “needed” field names it, for example chat:write",
    ],
    fixes: ["Add the scope under “OAuth & Permissions” and install the app again"],
    prevention: ["Compare the x-oauth-scopes header with what you need when connecting"],
  },
  {
    id: "slack-rate",
    services: ["slack"],
    status: [429],
    finding: "Slack limits the rate of this method",
    causes: [
      "Posting takes about one message a second per channel",
      "The method's tier is used up by other workflows of the app",
    ],
    fixes: ["Wait for the seconds in Retry-After", "Put several lines into one message"],
    prevention: ["Queue messages per channel"],
  },
  {
    id: "google-auth",
    services: google,
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
    services: google,
    phrases: ["invalid grant"],
    finding: "Google no longer accepts the refresh token",
    causes: [
      "The app is in “testing” in the Google console: its refresh tokens end after seven days",
      "The user changed the password or revoked access",
    ],
    fixes: ["Publish the app in the Google console, then connect {service} again"],
    prevention: ["Tell the user to reconnect as soon as a refresh fails"],
  },
  {
    id: "google-permission",
    services: google,
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
    id: "google-quota",
    services: google,
    status: [429],
    finding: "Google's quota per minute is used up",
    causes: [
      "Sheets, for example, counts reads and writes per minute and per user",
      "Rows are written one by one",
    ],
    fixes: ["Wait a minute and repeat with growing pauses", "Write many rows in one batch call"],
    prevention: ["Batch by default"],
  },
  {
    id: "google-range",
    services: ["google_sheets"],
    phrases: ["unable to parse range", "requested entity was not found", "protected"],
    finding: "the sheet or range can't be used",
    causes: ["The tab was renamed, so the range names one that is not there", "The cells are protected"],
    fixes: ["Choose spreadsheet and tab again in the step", "Put tab names with spaces into single quotes"],
    prevention: ["Do not rename tabs that workflows write to"],
  },
  {
    id: "notion-access",
    services: ["notion"],
    status: [404],
    finding: "Notion does not show this page to the integration",
    causes: [
      "The page or database was not shared with the integration",
      "The id is that of a view, not of the database",
    ],
    fixes: [
      "Open the page in Notion, choose “Connections” and add the integration",
      "Copy the 32-digit id before “?v=”",
    ],
    prevention: ["Share a parent page, so that pages below it are covered"],
  },
  {
    id: "notion-validation",
    services: ["notion"],
    status: [400],
    finding: "Notion refuses the properties",
    causes: [
      "A property's name or type differs from the database's schema",
      "A text is over 2,000 characters",
    ],
    fixes: [
      "Read the database's schema first and send each property in its type",
      "Split long texts into blocks",
    ],
    prevention: ["Do not rename properties that workflows fill"],
  },
  {
    id: "notion-auth",
    services: ["notion"],
    status: [401],
    finding: "Notion does not accept the integration's token",
    causes: [
      "The secret was regenerated, or the integration removed from the workspace",
      "The Notion-Version header is missing",
    ],
    fixes: ["Copy the integration's secret again", "Send the Notion-Version header"],
    prevention: ["Keep the integration owned by the workspace, not by a person"],
  },
  {
    id: "airtable-auth",
    services: ["airtable"],
    status: [401, 403],
    finding: "Airtable refuses the token",
    causes: [
      "An old API key is used: Airtable takes personal access tokens and OAuth",
      "The token has no access to this base, or lacks data.records:write",
    ],
    fixes: ["Create a personal access token with the base and the scopes that {endpoint} needs"],
    prevention: ["Give a token exactly the bases it works on"],
  },
  {
    id: "airtable-field",
    services: ["airtable"],
    status: [422, 404],
    finding: "Airtable does not know the field, table or option",
    causes: [
      "A field was renamed (UNKNOWN_FIELD_NAME)",
      "A select option does not exist and typecast is off",
      "The value is for a computed field",
    ],
    fixes: ["Use field ids instead of names", "Send typecast: true to let Airtable add options"],
    prevention: ["Refer to tables and fields by id"],
  },
  {
    id: "airtable-rate",
    services: ["airtable"],
    status: [429],
    finding: "Airtable's limit of five requests a second per base is reached",
    causes: ["Records are written one by one", "Several workflows write to the same base"],
    fixes: ["Wait 30 seconds, as Airtable asks", "Write up to ten records in one call"],
    prevention: ["Queue the writes of a base"],
  },
];
