import type { ErrorRequestHandler } from "express";
import { describe, expect, it } from "vitest";
import { expressVersions, post, type ServeOptions, serve } from "./serve-router.test-support.js";

describe.each(expressVersions)("createAiErrorHandler on %s", (version) => {
  const before: ServeOptions["before"] = (app, express) => app.use(express.json({ limit: 1000 }));

  const latin1 = { "content-type": "application/json; charset=latin1" };
  it.each([
    { name: "malformed JSON", body: '{"message":"CANARY-7c1f', status: 400, code: "invalid_json" },
    {
      name: "a large body",
      body: `{"message":"${"x".repeat(2000)}"}`,
      status: 413,
      code: "payload_too_large",
    },
    {
      name: "an unknown encoding",
      headers: { "content-encoding": "lzma" },
      status: 415,
      code: "unsupported_media_type",
    },
    {
      name: "gzip that is none",
      headers: { "content-encoding": "gzip" },
      body: '{"message":"CANARY-7c1f"}',
      status: 400,
      code: "invalid_request",
    },
    { name: "a foreign charset", headers: latin1, status: 415, code: "unsupported_media_type" },
  ])("answers $name that express.json() refused as the gateway would", async (refused) => {
    const { body = "{}", headers = {}, status, code } = refused;
    const { base } = await serve(version, { before });
    const response = await post(`${base}/api/ai/chat`, body, { "x-request-id": "given-id-1", ...headers });
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(JSON.parse(text)).toEqual({
      success: false,
      error: expect.any(String),
      code,
      request_id: "given-id-1",
    });
    expect(text).not.toContain("CANARY");
  });

  it("answers a body that the application's own check refused, and keeps the body to itself", async () => {
    const { base } = await serve(version, {
      before: (app, express) =>
        app.use(
          express.json({
            verify() {
              throw new Error("CANARY check");
            },
          }),
        ),
    });
    const response = await post(`${base}/api/ai/chat`, '{"message":"CANARY-7c1f"}');
    const text = await response.text();
    expect([response.status, JSON.parse(text).code]).toEqual([403, "forbidden"]);
    expect(text).not.toContain("CANARY");
  });

  it("leaves every other error to the application", async () => {
    const errors: unknown[] = [];
    const handler: ErrorRequestHandler = (error, _request, response, _next) => {
      errors.push(error);
      response.status(418).end();
    };
    const boom = new Error("session store is down");
    const { base } = await serve(version, {
      before: (app) => app.use((_request, _response, next) => next(boom)),
      after: (app) => app.use(handler),
    });
    expect((await post(`${base}/api/ai/chat`)).status).toBe(418);
    expect(errors).toEqual([boom]);
  });
});
