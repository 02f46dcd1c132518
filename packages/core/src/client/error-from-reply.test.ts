import { describe, expect, it, vi } from "vitest";
import { isClientError } from "./client-error.js";
import { createAiClient } from "./create-ai-client.js";
import { errorFromReply } from "./error-from-reply.js";

const unavailable = "AI is unavailable, please try again.";

describe("an error reply", () => {
  it.each([
    {
      name: "of bad input has the server's words and issues",
      status: 400,
      body: {
        success: false,
        error: "message: write something to ask",
        code: "invalid_input",
        request_id: "request-9",
        issues: [{ path: "message", message: "write something to ask" }],
      },
      error: {
        code: "invalid_input",
        message: "message: write something to ask",
        requestId: "request-9",
        retryable: false,
        status: 400,
        issues: [{ path: "message", message: "write something to ask" }],
      },
    },
    {
      name: "of a rate limit says when to come back",
      status: 429,
      headers: [
        ["retry-after", "7"],
        ["x-request-id", "request-8"],
      ] as [string, string][],
      body: { success: false, error: "Too many questions. Wait 7 s.", code: "rate_limited" },
      error: {
        code: "rate_limited",
        message: "Too many questions. Wait 7 s.",
        requestId: "request-8",
        retryable: true,
        retryAfterMs: 7000,
      },
    },
    {
      name: "without words or with a nonsense date stays friendly",
      status: 429,
      headers: [["retry-after", "soon"]] as [string, string][],
      body: { success: false, error: "", code: "rate_limited" },
      error: { message: unavailable, retryAfterMs: undefined },
    },
    {
      name: "of the server's own trouble is friendly",
      status: 503,
      body: {
        success: false,
        error: "Temporary issue. Please try again.",
        code: "provider_timeout",
        request_id: "r",
      },
      error: { code: "provider_timeout", message: unavailable, requestId: "r", retryable: true, status: 503 },
    },
    {
      name: "of a switched-off feature has the operator's words",
      status: 503,
      body: { success: false, error: "Back at noon.", code: "switched_off" },
      error: { code: "switched_off", message: "Back at noon." },
    },
    {
      name: "in HTML shows nothing of it",
      status: 502,
      body: "<h1>Bad gateway</h1>",
      error: { code: "http_error", message: unavailable, status: 502, retryable: true },
    },
    {
      name: "of a wrong address is friendly and final",
      status: 404,
      body: ["not", "ours"],
      error: { code: "http_error", message: unavailable, status: 404, retryable: false },
    },
    {
      name: "inside a 200 is an error",
      status: 200,
      body: { success: false, error: "upstream said no", code: "internal", request_id: "r" },
      error: { code: "internal", message: unavailable, requestId: "r" },
    },
    { name: "is a 200 that is no reply", status: 200, body: {}, error: { code: "malformed_reply" } },
  ])("$name, for run and for stream", async ({ status, body, headers, error }) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const fetch = async () => new Response(text, { status, headers: new Headers(headers) });
    const client = createAiClient({ fetch });
    const started = client.stream("chat", { message: "Hi" })[Symbol.asyncIterator]();
    for (const call of [client.run("chat", { message: "Hi" }), started.next()]) {
      const failure = await call.then(
        () => expect.unreachable("The call did not fail."),
        (thrown: unknown) => thrown,
      );
      expect(isClientError(failure)).toBe(true);
      expect(failure).toMatchObject({ name: "ClientError", ...error });
    }
  });

  it("may give a date to come back at", () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
    const waitOf = (retryAfter: string) => errorFromReply({ body: {}, status: 503, retryAfter }).retryAfterMs;
    expect(waitOf("Thu, 01 Jan 2026 00:02:00 GMT")).toBe(120_000);
    expect(waitOf("Wed, 31 Dec 2025 00:00:00 GMT")).toBe(0);
    vi.useRealTimers();
  });
});
