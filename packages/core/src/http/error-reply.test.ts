import { describe, expect, it } from "vitest";
import { type ErrorCode, errorTable, temporaryIssue } from "../errors/error-table.js";
import { GatewayError } from "../errors/gateway-error.js";
import { errorReply } from "./error-reply.js";

const bodyOf = (error: unknown) =>
  JSON.parse(String(errorReply(error, "request-1").body)) as Record<string, unknown>;
/** The class wants details for some codes; a test of all codes has none that fit. */
const errorOf = (code: ErrorCode, details: object = {}) =>
  new GatewayError(code as "internal", "own words", { details: details as never });

describe("errorReply", () => {
  const plain = Object.keys(errorTable).filter(
    (code) => !/^(invalid_input|rate_limited|method|budget|provider_rate)/.test(code),
  );

  it.each(plain as ErrorCode[])("answers %s with its status and the right words", (code) => {
    const { status, exposed } = errorTable[code];
    const reply = errorReply(errorOf(code), "request-1");
    expect(reply.status).toBe(status);
    expect(bodyOf(errorOf(code))).toEqual({
      success: false,
      error: exposed ? "own words" : temporaryIssue,
      code,
      request_id: "request-1",
    });
  });

  it.each([new TypeError("secret at /srv/app.ts:1"), "text", undefined, { code: "rate_limited" }])(
    "shows nothing of %s",
    (error) => {
      expect(errorReply(error, "request-1").status).toBe(500);
      expect(bodyOf(error)).toEqual({
        success: false,
        error: temporaryIssue,
        code: "internal",
        request_id: "request-1",
      });
    },
  );

  it("treats a code of another version as internal", () => {
    const error = Object.assign(errorOf("internal"), { code: "from_the_future" });
    expect(bodyOf(error)).toMatchObject({ code: "internal", error: temporaryIssue });
    expect(bodyOf(Object.assign(error, { code: "constructor" }))).toMatchObject({ code: "internal" });
  });

  it("lists the issues of an input", () => {
    const issues = [{ path: "message", message: "write something" }];
    expect(bodyOf(errorOf("invalid_input", { issues }))).toMatchObject({ code: "invalid_input", issues });
  });

  it("says when to come back, rounded up, in both kinds of headers", () => {
    const details = { dimension: "user", kind: "requests", limit: 20, windowMs: 60_000, retryAfterMs: 1_001 };
    expect(errorReply(errorOf("rate_limited", details), "request-1")).toMatchObject({
      status: 429,
      headers: { "retry-after": "2", ratelimit: '"user";r=0;t=2', "ratelimit-policy": '"user";q=20;w=60' },
    });
  });

  it("lets no limiter's name break out of its header", () => {
    const details = {
      dimension: 'a"\r\nset-cookie: x\u{1F642}',
      kind: "requests",
      limit: 1,
      windowMs: 1,
      retryAfterMs: 0,
    };
    const { headers } = errorReply(errorOf("rate_limited", details), "request-1");
    expect(headers["ratelimit"]).toMatch(/^"a_{3}set-cookie: x_+";r=0;t=1$/);
  });

  it("keeps the amount of a budget to itself", () => {
    const reply = errorReply(
      errorOf("budget_exceeded", { limitMicroUsd: 123_456, retryAfterMs: 60_000 }),
      "request-1",
    );
    expect(reply.headers).toMatchObject({ "retry-after": "60", ratelimit: '"budget";r=0;t=60' });
    expect(JSON.stringify(reply)).not.toContain("123456");
  });

  it.each([
    [1_001, { "retry-after": "2", ratelimit: '"provider";r=0;t=2' }],
    [1e12, { "retry-after": "3600" }],
    [undefined, {}],
  ])(
    "F31: passes a provider's limit on, with a wait of %s ms, and none of its words",
    (retryAfterMs, headers) => {
      const error = errorOf("provider_rate_limited", { retryAfterMs });
      const reply = errorReply(error, "request-1");
      expect(reply).toMatchObject({ status: 429, headers });
      expect("retry-after" in reply.headers).toBe(retryAfterMs !== undefined);
      expect(bodyOf(error)).toMatchObject({ error: temporaryIssue, code: "provider_rate_limited" });
    },
  );

  it("names the methods of a 405 and a scheme for a 401, and closes after a 413", () => {
    const allow = errorReply(errorOf("method_not_allowed", { allow: ["POST"] }), "request-1").headers[
      "allow"
    ];
    expect(allow).toBe("POST");
    const challenge = errorReply(errorOf("unauthenticated"), "request-1").headers["www-authenticate"];
    expect(challenge).toBe("Bearer");
    expect(errorReply(errorOf("payload_too_large"), "request-1").headers["connection"]).toBe("close");
  });

  it("can't be cached or sniffed", () => {
    expect(errorReply(errorOf("internal"), "request-1").headers).toEqual({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": "request-1",
    });
  });
});
