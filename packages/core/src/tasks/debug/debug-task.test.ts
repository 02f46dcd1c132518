import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localContext } from "../../testing/local-context.js";
import { debugRules } from "./debug-rules.js";
import type { DebugInput, DebugOutput } from "./debug-schema.js";
import { debugTask } from "./debug-task.js";
import { foldWords } from "./fold-words.js";
import { statusInWords } from "./http-status.js";

const task = debugTask();
const context = localContext();
async function answer(input: DebugInput): Promise<DebugOutput> {
  if (task.local === undefined) throw new Error("no local answer");
  return (await task.local(input, context)) as DebugOutput;
}
const textOf = (output: DebugOutput) => JSON.stringify(output);
const issuesOf = async (value: unknown) => {
  const result = await task.input["~standard"].validate(value);
  return (result.issues ?? []).map(({ path = [], message }) => `${path.map(String).join(".")}: ${message}`);
};

describe("input", () => {
  const status = "context.http_status: must be a whole number from 100 to 599";
  it.each([
    [{ message: "x" }, "error_type: say what kind of error it is, for example auth_error"],
    [{ error_type: "a", message: " " }, "message: give the error's message"],
    [{ error_type: "a", message: "b", context: { http_status: "abc" } }, status],
    [{ error_type: "a", message: "b", context: { http_status: 40.1 } }, status],
    [{ error_type: "a", message: "b", context: { http_status: 99 } }, status],
    [{ error_type: "a", message: "b", context: { http_status: 600 } }, status],
    [
      { error_type: "a", message: "b", context: { service: "x".repeat(201) } },
      "context.service: use at most 200 characters",
    ],
  ])("%j", async (input, issue) => {
    expect(await issuesOf(input)).toEqual([issue]);
  });
});

describe("rules", () => {
  it("are at least sixty, each with its own id and full advice", () => {
    expect(debugRules.length).toBeGreaterThanOrEqual(60);
    expect(new Set(debugRules.map(({ id }) => id)).size).toBe(debugRules.length);
    for (const { id, causes, fixes, prevention, status, services, phrases } of debugRules) {
      expect(
        [causes.length, fixes.length, prevention.length].every((count) => count > 0),
        id,
      ).toBe(true);
      expect(status ?? services ?? phrases, id).toBeDefined();
    }
  });

  it("write phrases the way messages are folded", () => {
    for (const { id, phrases = [] } of debugRules) {
      for (const phrase of phrases) expect(foldWords(phrase), id).toBe(` ${phrase} `);
    }
  });
});

describe("local answer", () => {
  it.each<[string, DebugInput, RegExp]>([
    [
      "service and status",
      {
        error_type: "auth_error",
        message: "401 from Slack API",
        context: { service: "slack", endpoint: "/chat.postMessage", http_status: 401 },
      },
      /Slack answered HTTP 401 at `\/chat\.postMessage`.*auth\.test/,
    ],
    [
      "status in the message",
      { error_type: "http", message: "Request failed with status code 429" },
      /HTTP 429.*Retry-After/,
    ],
    [
      "service in the message",
      { error_type: "error", message: "HubSpot says 403 forbidden" },
      /HubSpot answered HTTP 403.*scope/,
    ],
    [
      "errno",
      { error_type: "Error", message: "connect ECONNREFUSED 127.0.0.1:5432" },
      /nothing accepts connections/,
    ],
    ["DNS", { error_type: "FetchError", message: "getaddrinfo ENOTFOUND api.exmple.com" }, /DNS/],
    ["TLS", { error_type: "Error", message: "self signed certificate in certificate chain" }, /TLS/],
    [
      "OAuth",
      {
        error_type: "oauth",
        message: "invalid_grant: Token has been expired or revoked",
        context: { service: "Google Sheets" },
      },
      /refresh token.*testing/,
    ],
    [
      "webhook signature",
      {
        error_type: "StripeSignatureVerificationError",
        message: "No signatures found matching the expected signature for payload",
        context: { service: "stripe" },
      },
      /Stripe-Signature header.*whsec_/,
    ],
    [
      "SMTP",
      { error_type: "EAUTH", message: "535 5.7.8 Username and Password not accepted" },
      /app password/,
    ],
    [
      "SQL",
      {
        error_type: "PostgresError",
        message: 'duplicate key value violates unique constraint "users_email_key"',
      },
      /insert or update/,
    ],
    ["JSON", { error_type: "SyntaxError", message: "Unexpected token < in JSON at position 0" }, /HTML/],
    [
      "quota",
      { error_type: "quota", message: "Quota exceeded for quota metric 'Read requests'" },
      /quota of the account/,
    ],
    [
      "channel",
      { error_type: "slack_error", message: "channel_not_found", context: { service: "Slack" } },
      /\/invite/,
    ],
    [
      "unknown service",
      {
        error_type: "http",
        message: "it broke",
        context: { service: "FooDesk", endpoint: "/v1/x", http_status: 503 },
      },
      /FooDesk answered HTTP 503 at `\/v1\/x`/,
    ],
    [
      "nothing known",
      { error_type: "odd", message: "flux misaligned" },
      /The call failed \(odd\).*flux misaligned.*Repeat the failed step/,
    ],
  ])("%s", async (_, input, expected) => {
    expect(textOf(await answer(input))).toMatch(expected);
  });

  it("lists the most specific advice first", async () => {
    const { probable_causes } = await answer({
      error_type: "x",
      message: "failed",
      context: { service: "notion", http_status: 404 },
    });
    expect(probable_causes[0]).toContain("not shared with the integration");
    expect(probable_causes.join()).toContain("An id in");
  });

  it("keeps masked values whole, even when it shortens a message", async () => {
    const message = `${"strange words ".repeat(11)}[PERSON_k3f9_0001] and more of it`;
    const { summary } = await answer({ error_type: "odd", message });
    expect(summary.replaceAll("[PERSON_k3f9_0001]", "")).not.toMatch(/\[PERSON/);
  });

  it("is complete, filled in and the same each time, whatever the text", async () => {
    const text = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom("{service}", "timeout", "401", "$&", "invalid_grant"),
    );
    const cases = fc.record({
      error_type: text,
      message: text,
      context: fc.record(
        { service: text, endpoint: text, http_status: fc.integer({ min: 100, max: 599 }) },
        { requiredKeys: [] },
      ),
    });
    await fc.assert(
      fc.asyncProperty(cases, async (input) => {
        const output = await answer(input);
        expect((await task.output["~standard"].validate(output)).issues).toBeUndefined();
        expect(await answer(input)).toEqual(output);
        for (const line of [...output.probable_causes, ...output.steps_to_fix]) {
          if (!JSON.stringify(input).includes("{service}"))
            expect(line).not.toMatch(/\{(service|endpoint|status)\}/);
        }
      }),
    );
  });
});

describe("status in a message", () => {
  it.each([
    ["401 from Slack", 401],
    ["HTTP 503", 503],
    ["status code: 429", 429],
    ["404 Not Found", 404],
    ["imported 500 rows", undefined],
    ["order 404 failed", undefined],
    ["took 4010 ms", undefined],
  ])("%s", (message, status) => {
    expect(statusInWords(foldWords(message))).toBe(status);
  });
});
