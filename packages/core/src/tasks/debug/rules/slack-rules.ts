import type { DebugRule } from "../debug-rule.js";

const services = ["slack"];

const limited = {
  finding: "Slack limits the rate of this method",
  causes: [
    "Posting takes about one message a second per channel",
    "The tier of the method is used up by other workflows of the app",
  ],
  fixes: ["Wait for the seconds in Retry-After, then go on", "Put several lines into one message"],
  prevention: ["Queue messages per channel"],
};

/** Slack's error codes, as its Web API and its incoming webhooks answer them. */
export const slackRules: readonly DebugRule[] = [
  {
    id: "slack-auth",
    services,
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
    id: "slack-invalid-auth",
    services,
    phrases: ["invalid auth"],
    finding: "Slack can't validate the token",
    causes: [
      "The token is incomplete, of another app or no longer valid",
      "The app only allows certain IP addresses, and the call to {endpoint} comes from another one",
    ],
    fixes: [
      "Check the token with auth.test, then connect Slack again",
      "Compare the caller's IP address with the allow-list under “OAuth & Permissions”",
    ],
    prevention: ["Store tokens whole, without quotes and line breaks"],
  },
  {
    id: "slack-no-token",
    services,
    phrases: ["not authed"],
    finding: "no token reached Slack",
    causes: ["The request to {endpoint} carries no token, or its Authorization header was dropped"],
    fixes: ["Send the header “Authorization: Bearer xoxb-…”, also for form and file uploads"],
    prevention: ["Set the header in the client once instead of in every call"],
  },
  {
    id: "slack-revoked",
    services,
    phrases: ["token revoked", "account inactive"],
    finding: "the token was taken back",
    causes: [
      "The app was removed from the workspace",
      "The person or workspace that the token belongs to was deactivated",
    ],
    fixes: ["Let a member of the workspace install the app again, and store the new token"],
    prevention: ["Connect Slack as a bot, not as a person who may leave"],
  },
  {
    id: "slack-token-expired",
    services,
    phrases: ["token expired"],
    finding: "the token has expired, because the app uses token rotation",
    causes: ["With token rotation access tokens live for twelve hours, and this one was not refreshed"],
    fixes: ["Exchange the refresh token with oauth.v2.access and store both new tokens"],
    prevention: ["Refresh well before expires_in is over"],
  },
  {
    id: "slack-not-in-channel",
    services,
    phrases: ["not in channel"],
    finding: "the bot is not a member of this channel",
    causes: ["Nobody invited the bot to the channel"],
    fixes: [
      "Invite the bot with “/invite @bot” in the channel",
      "For public channels call conversations.join first, or give the app the scope chat:write.public",
    ],
    prevention: ["Test a channel with one message when it is chosen"],
  },
  {
    id: "slack-channel",
    services,
    phrases: ["channel not found"],
    finding: "Slack shows no such channel to this bot",
    causes: [
      "The channel is private and the bot was not invited to it",
      "The channel's name was used instead of its id, or the id is from another workspace",
    ],
    fixes: [
      "Invite the bot with “/invite @bot” in the channel",
      "Use the channel's id (it starts with C, G or D) from “View channel details”",
    ],
    prevention: ["Store channel ids: names change"],
  },
  {
    id: "slack-archived",
    services,
    phrases: ["is archived", "channel is archived"],
    finding: "the channel is archived",
    causes: ["Somebody archived the channel: nothing can be posted there any more"],
    fixes: ["Choose another channel in the step, or unarchive this one in Slack"],
    prevention: ["Listen to the event channel_archive and warn the owner of the workflow"],
  },
  {
    id: "slack-scope",
    services,
    phrases: ["missing scope", "no permission"],
    finding: "the Slack app lacks a scope",
    causes: [
      "{endpoint} needs a scope that the app does not have: the answer's “needed” field names it, for example chat:write",
    ],
    fixes: ["Add the scope under “OAuth & Permissions” and install the app again"],
    prevention: ["Compare the x-oauth-scopes header with what you need when connecting"],
  },
  {
    id: "slack-token-type",
    services,
    phrases: ["not allowed token type"],
    finding: "this method takes another kind of token",
    causes: [
      "{endpoint} was called with a bot token (xoxb-) but takes a user token (xoxp-), or the other way round",
    ],
    fixes: ["Read on the method's page which token types it takes, and send that one"],
    prevention: ["Store bot and user token under different names"],
  },
  {
    id: "slack-restricted",
    services,
    phrases: ["restricted action", "action prohibited"],
    finding: "a setting of the workspace forbids this",
    causes: ["An administrator limits who may post in this channel or do this in the workspace"],
    fixes: ["Ask a workspace administrator to allow the app, or choose another channel"],
    prevention: ["Post to a channel that was made for the workflow"],
  },
  {
    id: "slack-text",
    services,
    phrases: ["msg too long", "no text", "invalid blocks", "invalid blocks format", "invalid attachments"],
    finding: "Slack refuses the message itself",
    causes: [
      "A text is empty or too long: a section block holds 3,000 characters, a message 50 blocks",
      "A block has a field of the wrong type",
    ],
    fixes: ["Paste the blocks into Slack's Block Kit Builder: it marks what is wrong", "Split long texts"],
    prevention: ["Cut texts to the limit before sending, and always send a plain “text” as well"],
  },
  {
    id: "slack-incoming-webhook",
    services,
    phrases: ["no service", "no active hooks", "invalid payload", "invalid token"],
    finding: "the incoming webhook does not take the message",
    causes: [
      "no_service or invalid_token: the webhook's address was removed or is incomplete",
      'invalid_payload: the body is not JSON of the form { "text": "…" }',
    ],
    fixes: ["Create the webhook's address again in the app's settings", "Send the body as application/json"],
    prevention: ["Keep the address secret: Slack switches off addresses found in public code"],
  },
  {
    id: "slack-three-seconds",
    services,
    phrases: ["expired trigger id", "trigger expired", "operation timeout", "dispatch failed"],
    finding: "Slack got no answer within three seconds",
    causes: ["{endpoint} worked before it answered: a trigger_id and a slash command live for three seconds"],
    fixes: ["Answer 200 at once, do the work afterwards and post the result to response_url"],
    prevention: ["Keep the handler warm: a cold start alone can take three seconds"],
  },
  { id: "slack-rate", services, status: [429], ...limited },
  { id: "slack-ratelimited", services, phrases: ["ratelimited", "rate limited", "rate limit"], ...limited },
];
