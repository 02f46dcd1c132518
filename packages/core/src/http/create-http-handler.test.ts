import { describe, expect, it } from "vitest";
import { GatewayError, isGatewayError } from "../errors/gateway-error.js";
import type { Logger } from "../logger.js";
import {
  type GatewayScript,
  type ScriptedCall,
  scriptedGateway,
  scriptedReply,
} from "../testing/scripted-gateway.js";
import { createHttpHandler } from "./create-http-handler.js";
import type { HttpExchange } from "./exchange.js";

async function* bytes(text: string) {
  yield new TextEncoder().encode(text);
}

function exchange(changes: Partial<HttpExchange> & { readonly text?: string } = {}): HttpExchange {
  const { text = '{"message":"Hi"}', headers = {}, ...rest } = changes;
  return {
    method: "POST",
    path: "/chat",
    body: { kind: "stream", chunks: bytes(text) },
    signal: new AbortController().signal,
    identify: () => ({ userId: "u1" }),
    ...rest,
    headers: { "content-type": "application/json", ...headers },
  };
}

interface Logged {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

function setUp(answer?: GatewayScript["answer"]) {
  const calls: ScriptedCall[] = [];
  const logged: Logged[] = [];
  const logger: Logger = {
    info() {},
    warn() {},
    error: (fields, message) => logged.push({ fields, message }),
  };
  const gateway = scriptedGateway({
    logger,
    async *answer(call) {
      calls.push(call);
      if (answer !== undefined) yield* answer(call);
      else yield { type: "finish", reply: scriptedReply({ reply: "Hello" }, call.call) };
    },
  });
  const handle = createHttpHandler(gateway);
  const send = async (changes?: Parameters<typeof exchange>[0]) => {
    const { body, ...reply } = await handle(exchange(changes));
    return { ...reply, body: JSON.parse(String(body)) as Record<string, unknown> };
  };
  return { send, calls, logged };
}

const failing = (error: unknown) =>
  setUp(() => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }),
  }));

describe("createHttpHandler", () => {
  it("runs the task of the path for the caller, under one request id", async () => {
    const { send, calls } = setUp();
    const signal = new AbortController().signal;
    const reply = await send({ signal, headers: { "x-request-id": "given-id-1" } });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      success: true,
      reply: "Hello",
      metadata: { request_id: "given-id-1" },
    });
    expect(reply.headers).toMatchObject({ "x-request-id": "given-id-1", "cache-control": "no-store" });
    const call = { caller: { userId: "u1" }, requestId: "given-id-1", signal };
    expect(calls).toMatchObject([{ task: "chat", input: { message: "Hi" }, call }]);
  });

  it.each(["short", "with space-", "new\nline-id", "a".repeat(129), "ünïcode-id"])(
    "replaces the request id %j",
    async (given) => {
      const { headers } = await setUp().send({ headers: { "x-request-id": given } });
      expect(headers["x-request-id"]).toMatch(/^[\da-f]{8}-/);
    },
  );

  it("takes a body that the host has parsed", async () => {
    const { send, calls } = setUp();
    const body = { kind: "parsed", value: { message: "Hi" } } as const;
    expect((await send({ body, headers: { "content-encoding": "gzip" } })).status).toBe(200);
    expect(calls[0]?.input).toEqual({ message: "Hi" });
  });

  it.each<[string, number, string, Parameters<typeof exchange>[0]]>([
    ["an unknown path", 404, "not_found", { path: "/nope" }],
    ["a path that every object has", 404, "not_found", { path: "/constructor" }],
    ["the mount path itself", 404, "not_found", { path: "/" }],
    ["an unknown path before its method", 404, "not_found", { path: "/nope", method: "GET" }],
    ["GET", 405, "method_not_allowed", { method: "GET" }],
    ["HEAD", 405, "method_not_allowed", { method: "HEAD" }],
    ["OPTIONS", 405, "method_not_allowed", { method: "OPTIONS" }],
    ["TRACE", 405, "method_not_allowed", { method: "TRACE" }],
    [
      "GET that wants to be POST",
      405,
      "method_not_allowed",
      { method: "GET", headers: { "x-http-method-override": "POST" } },
    ],
    [
      "POST that wants to be DELETE",
      405,
      "method_not_allowed",
      { headers: { "x-http-method-override": "DELETE" } },
    ],
    [
      "a method before its type",
      405,
      "method_not_allowed",
      { method: "PUT", headers: { "content-type": "text/plain" } },
    ],
    ["POST to a stream", 405, "method_not_allowed", { path: "/chat/abc/stream" }],
    ["HEAD of a stream", 405, "method_not_allowed", { path: "/chat/abc/stream", method: "HEAD" }],
    ["OPTIONS of a stream", 405, "method_not_allowed", { path: "/chat/abc/stream", method: "OPTIONS" }],
    [
      "GET of a stream that wants to be DELETE",
      405,
      "method_not_allowed",
      { path: "/chat/abc/stream", method: "GET", headers: { "x-http-method-override": "DELETE" } },
    ],
    ["DELETE of a task", 405, "method_not_allowed", { method: "DELETE" }],
    ["a stream of no task", 404, "not_found", { path: "/nope/abc/stream", method: "GET" }],
    ["a stream without an id", 404, "not_found", { path: "/chat//stream", method: "GET" }],
    ["a stream id in wrong escapes", 404, "not_found", { path: "/chat/%E0%A4/stream", method: "GET" }],
    ["what is below a stream", 404, "not_found", { path: "/chat/abc/stream/x", method: "GET" }],
    ["text", 415, "unsupported_media_type", { headers: { "content-type": "text/plain" } }],
    [
      "utf-16",
      415,
      "unsupported_media_type",
      { headers: { "content-type": "application/json; charset=utf-16" } },
    ],
    ["gzip", 415, "unsupported_media_type", { headers: { "content-encoding": "gzip" } }],
    ["malformed JSON", 400, "invalid_json", { text: "{" }],
    ["a list", 400, "invalid_request", { text: "[]" }],
    ["a large body", 413, "payload_too_large", { headers: { "content-length": "2000000" } }],
  ])("refuses %s with %i %s and runs nothing", async (...[, status, code, changes]) => {
    const { send, calls, logged } = setUp();
    const reply = await send(changes);
    expect(reply).toMatchObject({
      status,
      body: { success: false, code, request_id: reply.headers["x-request-id"] },
    });
    expect(calls).toEqual([]);
    expect(logged).toEqual([]);
  });

  it.each([
    ["/chat", "GET", "POST"],
    ["/search/intelligent", "DELETE", "POST"],
    ["/chat/abc/stream", "POST", "GET, DELETE"],
    ["/search/intelligent/abc/stream/", "PUT", "GET, DELETE"],
  ])("tells what %s allows", async (path, method, allow) => {
    expect((await setUp().send({ path, method })).headers).toMatchObject({ allow });
  });

  it("refuses options that make no sense, all at once, and takes those that are left away", () => {
    const gateway = scriptedGateway({ answer: () => expect.unreachable() });
    const wrong = {
      maxBodyBytes: 0,
      keepAliveMs: Number.NaN,
      onDisconnect: "stop",
      streamStore: { open() {} },
      known: ["Ada"],
    };
    expect(() => createHttpHandler(gateway, wrong as object)).toThrowError(
      expect.toSatisfy(
        (error) => isGatewayError(error, "invalid_config") && error.details.problems.length === 5,
      ),
    );
    const absent = {
      onDisconnect: undefined,
      streamStore: undefined,
      keepAliveMs: undefined,
      known: undefined,
    };
    expect(() => createHttpHandler(gateway, absent)).not.toThrow();
  });

  it("does not ask who sends what has no endpoint, and asks before it reads", async () => {
    const { send } = setUp();
    const asked: string[] = [];
    const identify = () => {
      asked.push("identify");
      throw new GatewayError("unauthenticated", "Sign in first.");
    };
    await send({ identify, path: "/nope" });
    expect(asked).toEqual([]);
    const reply = await send({ identify, text: "not json" });
    expect(reply).toMatchObject({ status: 401, body: { code: "unauthenticated", error: "Sign in first." } });
  });

  it("answers a broken identify with the one safe sentence", async () => {
    const { send, logged } = setUp();
    const reply = await send({ identify: () => Promise.reject(new TypeError("password is hunter2")) });
    expect(reply).toMatchObject({ status: 500, body: { code: "internal" } });
    expect(logged).toMatchObject([{ fields: { code: "internal", cause: "TypeError" } }]);
    expect(JSON.stringify([reply, logged])).not.toContain("hunter2");
  });

  it("lets an anonymous visitor pass", async () => {
    const { send, calls } = setUp();
    expect((await send({ identify: () => undefined })).status).toBe(200);
    expect(calls[0]?.call.caller).toBeUndefined();
  });

  it("logs a failure of ours once, with the cause's class and code only", async () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED 10.0.0.1 key sk-secret"), {
      code: "ECONNREFUSED",
    });
    const error = new GatewayError("provider_unavailable", "The provider can't be reached.", {
      cause,
      step: "route",
    });
    const { send, logged } = failing(error);
    const reply = await send({ headers: { "x-request-id": "given-id-1" } });
    expect(reply).toMatchObject({ status: 503, body: { error: "Temporary issue. Please try again." } });
    const fields = {
      request_id: "given-id-1",
      code: "provider_unavailable",
      step: "route",
      cause: "Error ECONNREFUSED",
    };
    expect(logged).toEqual([{ fields, message: "The provider can't be reached." }]);
    expect(JSON.stringify(reply)).not.toContain("ECONNREFUSED");
  });

  it.each([
    ["a caller's mistake", new GatewayError("forbidden", "no")],
    ["an abort", new GatewayError("aborted", "gone")],
    ["a switch that is off", new GatewayError("switched_off", "off")],
  ])("does not log %s", async (_name, error) => {
    const { send, logged } = failing(error);
    await send();
    expect(logged).toEqual([]);
  });

  it("answers although the logger throws", async () => {
    const logger: Logger = {
      info() {},
      warn() {},
      error() {
        throw new Error("disk full");
      },
    };
    const handle = createHttpHandler(
      scriptedGateway({
        logger,
        answer() {
          throw new Error("boom");
        },
      }),
    );
    expect((await handle(exchange())).status).toBe(500);
  });
});
