import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { manualClock } from "../testing/manual-clock.js";
import { type GatewayScript, scriptedGateway, scriptedReply } from "../testing/scripted-gateway.js";
import { createFetchHandler, type FetchHandlerOptions } from "./create-fetch-handler.js";
import { memoryIpReputation } from "./ip/memory-ip-reputation.js";

const hello: GatewayScript["answer"] = async function* ({ call }) {
  yield { type: "finish", reply: scriptedReply({ reply: `Hello ${call.caller?.userId}` }, call) };
};

function setUp(answer = hello, options: Partial<FetchHandlerOptions> = {}) {
  const identify = (request: Request) => ({ userId: request.headers.get("x-user") ?? undefined });
  const handle = createFetchHandler(scriptedGateway({ answer }), {
    identify,
    basePath: "/api/ai/",
    ...options,
  });
  const send = (path: string, init: RequestInit = {}) =>
    handle(
      new Request(`https://example.com${path}`, {
        method: "POST",
        body: init.method === "GET" || init.method === "HEAD" ? null : '{"message":"Hi"}',
        ...init,
        headers: { "content-type": "application/json", "x-user": "u1", ...(init.headers as object) },
      }),
    );
  return { send };
}

describe("createFetchHandler", () => {
  it("answers a request", async () => {
    const response = await setUp().send("/api/ai/chat?utm=1");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await response.json()).toMatchObject({ success: true, reply: "Hello u1" });
  });

  it.each(["/chat", "/api/aichat", "/api/ai", "/api/ai/nope", "/other/api/ai/chat"])(
    "has nothing at %s",
    async (path) => {
      const response = await setUp().send(path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ success: false, code: "not_found" });
    },
  );

  it("answers at the root when it has no base path", async () => {
    expect((await setUp(hello, { basePath: undefined }).send("/chat")).status).toBe(200);
  });

  it("gives HEAD no body", async () => {
    const response = await setUp().send("/api/ai/chat", { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([405, ""]);
  });

  it("refuses a body over the limit", async () => {
    const body = JSON.stringify({ message: "x".repeat(2000) });
    expect((await setUp(hello, { maxBodyBytes: 1000 }).send("/api/ai/chat", { body })).status).toBe(413);
  });

  it("makes events only as fast as they are read, and aborts when the reader leaves", async () => {
    let made = 0;
    let signal: AbortSignal | undefined;
    const { send } = setUp(async function* ({ call }) {
      signal = call.signal;
      for (;;) yield { type: "text-delta", delta: `${made++}` };
    });
    const response = await send("/api/ai/chat", { headers: { accept: "text/event-stream" } });
    const reader = response.body?.getReader();
    expect(made).toBe(1);
    for (let read = 0; read < 3; read++) await reader?.read();
    await new Promise((resolve) => setImmediate(resolve));
    expect(made).toBe(3);
    await reader?.cancel();
    expect(signal?.aborted).toBe(true);
  });

  it.each([0, 3])(
    "F30: a reader that stops after %s parts is cut off, and the call aborted",
    async (parts) => {
      const clock = manualClock();
      let signal: AbortSignal | undefined;
      const { send } = setUp(
        async function* ({ call }) {
          signal = call.signal;
          for (;;) yield { type: "text-delta", delta: "a" };
        },
        { clock, stallMs: 20_000 },
      );
      const response = await send("/api/ai/chat", { headers: { accept: "text/event-stream" } });
      const reader = response.body?.getReader();
      for (let read = 0; read < parts; read++) await reader?.read();
      await clock.advance(19_999);
      expect(signal?.aborted).toBe(false);
      await clock.advance(1);
      expect(signal?.aborted).toBe(true);
      await expect(reader?.read()).rejects.toThrow("The client did not read on.");
      expect(clock.pending).toBe(0);
    },
  );

  it("has an empty 204 for a stream that is not there, and replays one that is", async () => {
    const { send } = setUp();
    const text = await (
      await send("/api/ai/chat", { headers: { accept: "text/event-stream", "x-request-id": "request-1" } })
    ).text();
    const none = await send("/api/ai/chat/request-2/stream", { method: "DELETE", body: null });
    expect([none.status, none.body]).toEqual([204, null]);
    const replay = await send("/api/ai/chat/request-1/stream", { method: "GET" });
    expect(await replay.text()).toBe(text);
  });

  it("runs on after the reader has left when it was told to", async () => {
    let finished = false;
    const { send } = setUp(
      async function* (call) {
        for (let count = 0; count < 50; count += 1) yield { type: "text-delta", delta: "a" };
        finished = true;
        yield* hello(call);
      },
      { onDisconnect: "continue" },
    );
    const response = await send("/api/ai/chat", { headers: { accept: "text/event-stream" } });
    await response.body?.cancel();
    await expect.poll(() => finished).toBe(true);
  });

  it("aborts the call when the request is aborted", async () => {
    const client = new AbortController();
    let signal: AbortSignal | undefined;
    const { send } = setUp(async function* ({ call }) {
      signal = call.signal;
      yield { type: "text-delta", delta: "a" };
    });
    await send("/api/ai/chat", { signal: client.signal, headers: { accept: "text/event-stream" } });
    expect(signal?.aborted).toBe(false);
    client.abort();
    expect(signal?.aborted).toBe(true);
  });

  it.each([0, -1, Number.NaN])("refuses a stallMs of %s", (stallMs) => {
    expect(() => setUp(hello, { stallMs })).toThrow(/stallMs: must be/);
  });

  it("wants to know how callers are identified", () => {
    const create = () => createFetchHandler(scriptedGateway({ answer: hello }), {} as FetchHandlerOptions);
    expect(create).toThrow(/identify/);
    try {
      create();
    } catch (error) {
      expect(isGatewayError(error, "invalid_config")).toBe(true);
    }
  });
});

describe("the client's address", () => {
  const callerAddress = async (options: Partial<FetchHandlerOptions>, forwarded?: string) => {
    const told: GatewayScript["answer"] = async function* ({ call }) {
      yield { type: "finish", reply: scriptedReply({ reply: String(call.caller?.ip) }, call) };
    };
    const headers: Record<string, string> = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
    const { send } = setUp(told, options);
    return ((await (await send("/api/ai/chat", { headers })).json()) as { reply: string }).reply;
  };
  const remoteAddress = () => "::ffff:10.0.0.1";

  it("is not known without proxies that are stated, whatever the header says", async () => {
    expect(await callerAddress({}, "203.0.113.9")).toBe("undefined");
    expect(await callerAddress({ remoteAddress }, "203.0.113.9")).toBe("10.0.0.1");
  });

  it("F21: is what the stated proxies saw", async () => {
    const forged = `${"198.51.100.1, ".repeat(1_000)}203.0.113.9`;
    expect(await callerAddress({ trustedProxies: 1 }, forged)).toBe("203.0.113.9");
    expect(await callerAddress({ trustedProxies: ["10.0.0.0/8"], remoteAddress }, forged)).toBe(
      "203.0.113.9",
    );
    expect(await callerAddress({ trustedProxies: ["192.168.0.0/16"], remoteAddress }, forged)).toBe(
      "10.0.0.1",
    );
    expect(await callerAddress({ trustedProxies: 1 }, "[2001:db8::1]:443")).toBe("2001:db8::1");
  });

  it("F21: is one name for all of whom the proxies tell nothing", async () => {
    for (const header of [undefined, "", "garbage", "_hidden"])
      expect(await callerAddress({ trustedProxies: 1 }, header), header).toBe("unknown");
  });

  it("is asked of ipReputation", async () => {
    const ipReputation = memoryIpReputation({ deny: ["203.0.113.0/24"] });
    const { send } = setUp(hello, { ipReputation, trustedProxies: 1 });
    const from = (address: string) => send("/api/ai/chat", { headers: { "x-forwarded-for": address } });
    expect((await from("198.51.100.1, 203.0.113.9")).status).toBe(403);
    expect((await from("203.0.113.9, 198.51.100.1")).status).toBe(200);
  });

  it.each([
    [{ trustedProxies: true }, "createFetchHandler: trustedProxies"],
    [{ remoteAddress: "10.0.0.1" }, "remoteAddress: must be a function"],
  ])("F48: %j is refused at start", (options, problem) => {
    expect(() => setUp(hello, options as unknown as Partial<FetchHandlerOptions>)).toThrow(problem);
  });
});
