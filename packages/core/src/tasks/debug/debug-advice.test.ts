import { describe, expect, it } from "vitest";
import { debugAnswer } from "./debug-answer.js";
import type { DebugInput } from "./debug-schema.js";
import { distinctAdvice } from "./distinct-advice.js";

const textOf = (input: DebugInput) => JSON.stringify(debugAnswer(input));

describe("exact advice stands without the broad one", () => {
  it.each<[string, DebugInput, RegExp, RegExp]>([
    [
      "a declined card",
      {
        error_type: "StripeCardError",
        message: "Your card was declined.",
        context: { service: "stripe", http_status: 402 },
      },
      /decline_code/,
      /balance|higher plan/,
    ],
    [
      "a declined card of nobody in particular",
      { error_type: "payment", message: "402: card_declined" },
      /The bank declined/,
      /balance|higher plan/,
    ],
    [
      "no credit",
      {
        error_type: "insufficient_quota",
        message: "You exceeded your current quota, please check your plan and billing details.",
        context: { service: "openai", http_status: 429 },
      },
      /waiting does not help/,
      /Wait|Retry-After|Queue/,
    ],
    [
      "no credit, service unknown",
      {
        error_type: "http",
        message: "You exceeded your current quota, please check your plan",
        context: { http_status: 429 },
      },
      /waiting does not help/,
      /Wait|Retry-After/,
    ],
    [
      "invalid_grant",
      {
        error_type: "oauth",
        message: "invalid_grant",
        context: { service: "google_sheets", http_status: 400 },
      },
      /Google no longer accepts the refresh token/,
      /field by field|required field/,
    ],
    [
      "a refused connection behind a 500",
      { error_type: "Error", message: "connect ECONNREFUSED 10.0.0.5:5432", context: { http_status: 500 } },
      /nothing accepts connections/,
      /unusual values/,
    ],
    [
      "plain HTTP on a TLS port",
      {
        error_type: "Error",
        message: "write EPROTO 140:error:1408F10B:SSL routines:ssl3_get_record:wrong version number",
      },
      /plain HTTP.*scheme and port/,
      /expired/,
    ],
    [
      "memory",
      {
        error_type: "FATAL ERROR",
        message: "Reached heap limit Allocation failed - JavaScript heap out of memory",
      },
      /more memory.*max-old-space-size/,
      /not clear/,
    ],
    [
      "a missing module",
      { error_type: "Error", message: "Cannot find module './config.json'" },
      /not installed.*lock file/,
      /JSON|Pick the record/,
    ],
    [
      "a channel",
      {
        error_type: "slack_error",
        message: "channel_not_found",
        context: { service: "Slack", http_status: 404 },
      },
      /\/invite/,
      /trailing slash|Pick the record/,
    ],
    [
      "a field that Salesforce does not know",
      {
        error_type: "INVALID_FIELD",
        message: "No such column 'Foo__c' on entity 'Account'.",
        context: { service: "salesforce", http_status: 400 },
      },
      /Object Manager/,
      /migration|search path/,
    ],
    [
      "a recipient who does not exist",
      { error_type: "smtp", message: "550 5.1.1 user unknown" },
      /typos/,
      /after some minutes|STARTTLS/,
    ],
    [
      "a key that is still in use",
      {
        error_type: "idempotency_error",
        message: "idempotency_key_in_use",
        context: { service: "stripe", http_status: 409 },
      },
      /with the same key/,
      /Use a new key/,
    ],
  ])("%s", (_, input, expected, contrary) => {
    expect(textOf(input)).toMatch(expected);
    expect(textOf(input)).not.toMatch(contrary);
  });

  it("still adds what the status says to what is only likely for a service", () => {
    const { probable_causes } = debugAnswer({
      error_type: "x",
      message: "failed",
      context: { service: "notion", http_status: 404 },
    });
    expect(probable_causes.join()).toMatch(/not shared with the integration.*An id in/);
  });
});

describe("what was called", () => {
  it.each<[DebugInput, RegExp]>([
    [
      { error_type: "Error", message: "getaddrinfo ENOTFOUND hooks.slack.com" },
      /^The call to Slack at `hooks\.slack\.com`/,
    ],
    [
      { error_type: "Error", message: "connect ECONNREFUSED 10.0.0.5:5432" },
      /^The call to `10\.0\.0\.5:5432`/,
    ],
    [
      { error_type: "Error", message: "connect ECONNREFUSED [IP_ADDRESS_k3f9_0001]:5432" },
      /^The call to `\[IP_ADDRESS_k3f9_0001\]:5432`/,
    ],
    [
      {
        error_type: "Error",
        message: "connect ECONNREFUSED 10.0.0.5:5432",
        context: { endpoint: "/orders" },
      },
      /^The call to `\/orders`/,
    ],
    [{ error_type: "x", message: "401", context: { service: "google" } }, /^Google answered HTTP 401/],
    [{ error_type: "x", message: "401", context: { service: "google_sheets" } }, /^Google Sheets answered/],
    [{ error_type: "x", message: "401", context: { service: "Slack API" } }, /^Slack answered/],
    [{ error_type: "x", message: "401", context: { service: "acme_crm" } }, /^Acme Crm answered/],
    [{ error_type: "x", message: "401", context: { service: "fooDesk" } }, /^FooDesk answered/],
  ])("%j", (input, summary) => {
    expect(debugAnswer(input).summary).toMatch(summary);
  });

  it("is named in the steps as well", () => {
    const { steps_to_fix } = debugAnswer({
      error_type: "Error",
      message: "connect ECONNREFUSED 10.0.0.5:5432",
    });
    expect(steps_to_fix[0]).toBe("Check host and port of `10.0.0.5:5432`");
  });
});

describe("nearly the same advice is given once", () => {
  it.each<[string, string, number]>([
    ["Look at the status page of {service}", "Look at the status page of {service}, then repeat", 1],
    ["Wait for the seconds in Retry-After", "Wait as long as the Retry-After header says", 1],
    ["Copy the signing secret of exactly this endpoint", "Copy the signing secret of this webhook", 1],
    ["Check the token with auth.test", "Install the app in the workspace again", 2],
    ["Check host and port of {endpoint}", "Check the server's clock", 2],
    ["{service} is down", "A firewall silently drops the packets", 2],
  ])("%s / %s", (first, second, count) => {
    expect(distinctAdvice([first, second])).toHaveLength(count);
  });
});
