import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../../create-ai-gateway.js";
import { defineTask } from "../../define-task.js";
import { errorCodes } from "../../errors/error-codes.js";
import type { ErrorCode } from "../../errors/error-table.js";
import { GatewayError } from "../../errors/gateway-error.js";
import type { AiGatewayOptions } from "../../gateway-options.js";
import { memoryRateLimiter } from "../../rate-limit/memory-rate-limiter.js";
import { type FakeReply, fakeProvider } from "../../testing/fake-provider.js";
import { memoryAuditSink } from "../../testing/memory-audit-sink.js";
import { createHttpHandler, type HttpHandlerOptions } from "../create-http-handler.js";
import { errorReply } from "../error-reply.js";
import type { HttpExchange, HttpReply } from "../exchange.js";

const stocks = defineTask({
  name: "stocks",
  input: z.object({ product: z.string() }),
  output: z.union([z.strictObject({ left: z.int() }), z.strictObject({ unknown: z.literal(true) })]),
  allow: "anyone",
  prompt: () => ({ messages: [] }),
  local: ({ product }) => (product === "tea" ? { left: 3 } : { unknown: true as const }),
});

/** A gateway behind a handler, and what its own document says of the replies. */
function setUp(
  replies?: FakeReply[],
  options: AiGatewayOptions = {},
  handlerOptions: HttpHandlerOptions = {},
) {
  const gateway = createAiGateway({
    ...(replies === undefined ? {} : { provider: fakeProvider(replies) }),
    tasks: [stocks],
    retry: { maxRetries: 0 },
    auditSink: memoryAuditSink(),
    logger: { info() {}, warn() {}, error() {} },
    ...options,
  });
  const handle = createHttpHandler(gateway, handlerOptions);
  const send = (path: string, body?: unknown, changes: Partial<HttpExchange> = {}) => {
    const { headers, ...rest } = changes;
    return handle({
      method: body === undefined ? "GET" : "POST",
      path,
      body: { kind: "parsed", value: body },
      signal: new AbortController().signal,
      identify: () => ({ userId: "u1" }),
      ...rest,
      headers: { "content-type": "application/json", ...headers },
    });
  };
  return { gateway, send };
}

interface Described {
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
  readonly $ref?: string;
}

/** Compares a reply with what the document says about its path, method and status. */
async function documented(send: ReturnType<typeof setUp>["send"]) {
  const document = JSON.parse(String((await send("/openapi.json")).body));
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { date: true, "date-time": true } });
  ajv.addSchema(document, "https://api.example/openapi.json");
  const resolve = (ref: string) =>
    ref
      .slice(2)
      .split("/")
      .reduce((inner, key) => inner[key.replaceAll("~1", "/")], document);
  const check = (schema: object, value: unknown) => {
    const absolute = JSON.parse(
      JSON.stringify(schema).replaceAll('"#/', '"https://api.example/openapi.json#/'),
    );
    const validate = ajv.compile(absolute);
    validate(value);
    expect(validate.errors, JSON.stringify(value)).toBeNull();
  };
  return async function compare(path: string, method: string, reply: HttpReply) {
    const told: Described | undefined = document.paths[path]?.[method]?.responses[String(reply.status)];
    expect(told, `${method} ${path} ${reply.status}`).toBeDefined();
    const response: Described = told?.$ref === undefined ? (told ?? {}) : resolve(told.$ref);
    for (const [name, { $ref }] of Object.entries(response.headers ?? {})) {
      const value = reply.headers[name.toLowerCase()];
      const { schema } = resolve($ref);
      // Limits are told by those calls that some apply to.
      if (value === undefined) expect(name, `${reply.status}`).toMatch(/^RateLimit/);
      else check(schema, schema.type === "integer" ? Number(value) : value);
    }
    const [type = ""] = (reply.headers["content-type"] ?? "").split(";");
    if (type !== "text/event-stream") {
      if (response.content === undefined) expect(reply.body).toBe("");
      else check(response.content[type]?.schema ?? {}, JSON.parse(String(reply.body)));
      return [];
    }
    expect(response.content).toHaveProperty([type]);
    let text = "";
    for await (const part of reply.body) text += part;
    const data = [...text.matchAll(/^data: (.*)$/gm)].map(([, each = ""]) => each);
    expect(data.pop()).toBe("[DONE]");
    const events = data.map((each) => JSON.parse(each));
    for (const event of events) check({ $ref: "#/components/schemas/StreamEvent" }, event);
    return events.map(({ type }) => type as string);
  };
}

const stream = { headers: { accept: "text/event-stream" } };
const inputs: Readonly<Record<string, object>> = {
  chat: { message: "What is a workflow?" },
  workflow: { description: "When a form is submitted, send a Slack message" },
  debug: {
    error_type: "HTTPError",
    message: "401 Unauthorized",
    context: { service: "slack", http_status: 401 },
  },
  onboarding: { stage: "first_login", context: { has_connected_tool: false, has_run_workflow: false } },
  semantic_search: { query: "workflow" },
  intelligent_search: { query: "failed workflows since Monday" },
  get_recommendations: {},
  stocks: { product: "tea" },
};

describe("a live reply is as the document says", () => {
  it.each(Object.entries(inputs))("%s, plain and streamed, answered locally", async (name, input) => {
    const { gateway, send } = setUp();
    const compare = await documented(send);
    const path = `/${gateway.tasks[name]?.path}`;
    const reply = await send(path, input);
    expect([reply.status, reply.body], name).toMatchObject([200, expect.stringContaining('"success":true')]);
    await compare(path, "post", reply);
    const events = await compare(path, "post", await send(path, input, stream));
    expect([events.at(0), events.at(-1)]).toEqual(["start", "finish"]);
  });

  it("of a union's other branch", async () => {
    const { send } = setUp();
    const compare = await documented(send);
    await compare("/stocks", "post", await send("/stocks", { product: "coffee" }));
  });

  it("that a model wrote, from the cache, to a shortened question, and degraded", async () => {
    const long = { message: `${"word ".repeat(2_000)}?` };
    const { send } = setUp([{ text: ["One ", "two."] }, { text: "Three." }]);
    const compare = await documented(send);
    for (const input of [inputs["chat"], inputs["chat"], long])
      await compare("/chat", "post", await send("/chat", input));
    const failing = setUp([{ error: new GatewayError("provider_unavailable", "down") }]);
    const degraded = await failing.send("/chat", inputs["chat"]);
    expect(degraded.body).toContain('"degraded"');
    await compare("/chat", "post", degraded);
  });

  it("to useChat, which streams", async () => {
    const { send } = setUp([{ text: ["One ", "two."] }]);
    const compare = await documented(send);
    const body = {
      id: "chat-1",
      trigger: "submit-message",
      messages: [{ role: "user", parts: [{ type: "text", text: "Hi" }] }],
    };
    expect(await compare("/chat", "post", await send("/chat", body))).toContain("text-delta");
  });

  it("about a stream", async () => {
    const { send } = setUp([{ text: ["One ", "two."] }]);
    const compare = await documented(send);
    const headers = { accept: "text/event-stream", "x-request-id": "request-1" };
    await compare("/chat", "post", await send("/chat", inputs["chat"], { headers }));
    const about = (method: string, id: string, more = {}) =>
      send(`/chat/${id}/stream`, undefined, { method, headers: more });
    const path = "/chat/{stream_id}/stream";
    expect(await compare(path, "get", await about("GET", "request-1"))).toContain("text-delta");
    await compare(path, "get", await about("GET", "nothing"));
    await compare(path, "delete", await about("DELETE", "nothing"));
    await compare(path, "get", await about("GET", "request-1", { "last-event-id": "x" }));
  });

  it("that fails in the middle of a stream", async () => {
    const { send } = setUp([{ text: ["One "], error: new GatewayError("provider_cut", "cut") }], {
      localFallback: false,
    });
    const compare = await documented(send);
    const events = await compare("/chat", "post", await send("/chat", inputs["chat"], stream));
    expect(events.slice(-2)).toEqual(["data-error", "error"]);
  });

  it.each(errorCodes)("that fails with %s", async (code) => {
    const details: Readonly<Partial<Record<ErrorCode, object>>> = {
      invalid_input: { issues: [{ path: "message", message: "CANARY" }] },
      method_not_allowed: { allow: ["POST"] },
      rate_limited: { dimension: "user", kind: "requests", limit: 1, windowMs: 60_000, retryAfterMs: 1_000 },
      budget_exceeded: { retryAfterMs: 1_000 },
      provider_rate_limited: { retryAfterMs: 1_000 },
    };
    const error = new GatewayError(code as "internal", "What is wrong.", {
      details: details[code],
    } as object);
    const { send } = setUp();
    const compare = await documented(send);
    const reply = errorReply(error, "request-1");
    if (code === "not_found") expect(reply.status).toBe(404);
    else await compare("/chat", "post", reply);
  });

  it.each<[number, string, unknown, Partial<HttpExchange>, HttpHandlerOptions?]>([
    [400, "/chat", { message: "" }, {}],
    [400, "/chat", [], {}],
    [401, "/chat", {}, { identify: () => Promise.reject(new GatewayError("unauthenticated", "Sign in.")) }],
    [405, "/chat", {}, { method: "PUT" }],
    [413, "/chat", {}, { headers: { "content-length": "9999" } }, { maxBodyBytes: 100 }],
    [415, "/chat", {}, { headers: { "content-type": "text/plain" } }],
    [500, "/chat", {}, { identify: () => Promise.reject(new Error("CANARY")) }],
  ])("that is refused with %i", async (status, path, body, changes, options) => {
    const { send } = setUp(undefined, {}, options);
    const compare = await documented(send);
    const reply = await send(path, body, changes);
    expect(reply.status).toBe(status);
    await compare(path, "post", reply);
  });

  it("that a limit refused", async () => {
    const { send } = setUp(undefined, { rateLimiter: memoryRateLimiter({ perUser: { requests: 1 } }) });
    const compare = await documented(send);
    for (const status of [200, 429]) {
      const reply = await send("/chat", inputs["chat"]);
      expect([reply.status, Object.keys(reply.headers)]).toMatchObject([
        status,
        expect.arrayContaining(["ratelimit"]),
      ]);
      await compare("/chat", "post", reply);
    }
  });
});

describe("GET /openapi.json", () => {
  it("is the same text each time, for a GET only", async () => {
    const { send } = setUp();
    const first = await send("/openapi.json");
    expect([first.status, first.headers["content-type"]]).toEqual([200, "application/json; charset=utf-8"]);
    expect((await send("/openapi.json")).body).toBe(first.body);
    const other = await send("/openapi.json", {});
    expect([other.status, other.headers["allow"]]).toEqual([405, "GET"]);
  });

  it("says what the options say", async () => {
    const { send } = setUp(undefined, {}, { openApi: { title: "Acme AI", serverUrl: "/api/ai" } });
    expect(JSON.parse(String((await send("/openapi.json")).body))).toMatchObject({
      info: { title: "Acme AI" },
      servers: [{ url: "/api/ai" }],
    });
  });

  it("is refused to whom identify refuses, and can be left out", async () => {
    const identify = () => Promise.reject(new GatewayError("unauthenticated", "Sign in."));
    expect((await setUp().send("/openapi.json", undefined, { identify })).status).toBe(401);
    const without = setUp(undefined, {}, { openApi: false });
    expect((await without.send("/openapi.json")).status).toBe(404);
    expect((await without.send("/openapi.json", {})).status).toBe(404);
  });
});
