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
