import type { Express } from "express";
import { describe, expect, it } from "vitest";
import { expressVersions, hello, post, type ServeOptions, serve } from "./serve-router.test-support.js";

describe.each(expressVersions)("a request to %s", (version) => {
  it("is answered by the task of its path, beside the application's own routes", async () => {
    const { base } = await serve(version);
    const response = await post(`${base}/api/ai/chat?utm=1`, undefined, { "x-request-id": "given-id-1" });
    expect([response.status, response.headers.get("x-request-id")]).toEqual([200, "given-id-1"]);
    expect(await response.json()).toMatchObject({ success: true, reply: "Hello", caller: { userId: "u1" } });
    expect(await (await fetch(`${base}/health`)).json()).toEqual({ status: "ok" });
  });

  it.each<[string, NonNullable<ServeOptions["before"]>]>([
    ["json", (app, { json }) => app.use(json())],
    ["text", (app, { text }) => app.use(text({ type: "application/json" }))],
    ["raw", (app, { raw }) => app.use(raw({ type: "application/json" }))],
  ])("may have been read by express.%s() before", async (_name, before) => {
    const { base } = await serve(version, { before });
    expect((await post(`${base}/api/ai/chat`)).status).toBe(200);
    const list = await post(`${base}/api/ai/chat`, "[]");
    expect([list.status, await list.json()]).toMatchObject([400, { code: "invalid_request" }]);
  });

  it("is read here when a parser before only left an empty object", async () => {
    const inputs: unknown[] = [];
    const { base } = await serve(version, {
      before: (app) =>
        app.use((request, _response, next) => {
          request.body = {};
          next();
        }),
      answer: (call) => {
        inputs.push(call.input);
        return hello(call);
      },
    });
    await post(`${base}/api/ai/chat`);
    expect(inputs).toEqual([{ message: "Hi" }]);
  });

  it("tells identify everything Express knows", async () => {
    const { base } = await serve(version, {
      identify: (request) => ({ userId: request.get("authorization") }),
    });
    const response = await post(`${base}/api/ai/chat`, undefined, { authorization: "Bearer u7" });
    expect(await response.json()).toMatchObject({ caller: { userId: "Bearer u7", ip: "127.0.0.1" } });
  });
});

describe.each(expressVersions)("the caller's address on %s", (version) => {
  const addressOf = async (options: ServeOptions, forwarded: string) => {
    const { base } = await serve(version, options);
    const response = await post(`${base}/api/ai/chat`, undefined, { "x-forwarded-for": forwarded });
    return ((await response.json()) as { caller: { ip?: string } }).caller.ip;
  };
  const behindOneProxy = { before: (app: Express) => void app.set("trust proxy", 1) };

  it("is not taken from a header that nobody vouches for", async () => {
    expect(await addressOf({}, "203.0.113.9")).toBe("127.0.0.1");
  });

  it("is what the trusted proxy added, whatever else the client forged", async () => {
    const forged = `${"198.51.100.1, ".repeat(400)}203.0.113.9`;
    expect(await addressOf(behindOneProxy, forged)).toBe("203.0.113.9");
    expect(await addressOf(behindOneProxy, "fe80::1%eth0")).toBe("fe80::1%eth0");
  });

  it.each(["garbage", "<script>", "999.1.1.1", ""])(
    "is the connection's when the proxy sends %j",
    async (text) => {
      expect(await addressOf(behindOneProxy, text)).toBe("127.0.0.1");
    },
  );

  it("is the host's own when identify gives one", async () => {
    expect(await addressOf({ identify: () => ({ ip: "192.0.2.1" }) }, "203.0.113.9")).toBe("192.0.2.1");
  });

  it("is there for anonymous visitors, too", async () => {
    expect(await addressOf({ identify: () => undefined }, "")).toBe("127.0.0.1");
  });
});
