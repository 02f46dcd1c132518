import { createAiGateway, memoryRateLimiter, type RateLimitOptions } from "@levqor/core";
import { memoryIpReputation } from "@levqor/core/http";
import { memoryAuditSink, scriptedGateway } from "@levqor/core/testing";
import type { Express } from "express";
import { describe, expect, it } from "vitest";
import { type AiRouterOptions, createAiRouter } from "./index.js";
import { expressVersions, hello, post, type ServeOptions, serve } from "./serve-router.test-support.js";

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
    expect(await addressOf(behindOneProxy, "fe80::1%eth0")).toBe("fe80::1");
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

  it("F21: is what the stated proxies saw, whatever Express trusts", async () => {
    const forged = `${"198.51.100.1, ".repeat(400)}203.0.113.9:51234, 10.0.0.2`;
    expect(await addressOf({ trustedProxies: 2 }, forged)).toBe("203.0.113.9");
    expect(await addressOf({ trustedProxies: ["127.0.0.0/8", "10.0.0.0/8"] }, forged)).toBe("203.0.113.9");
    expect(await addressOf({ trustedProxies: 0, ...behindOneProxy }, forged)).toBe("127.0.0.1");
    const trustingAll = { before: (app: Express) => void app.set("trust proxy", true) };
    expect(await addressOf({ trustedProxies: 2, ...trustingAll }, forged)).toBe("203.0.113.9");
  });

  it("F21: has no port, also when Express found it with one", async () => {
    expect(await addressOf(behindOneProxy, "203.0.113.9:51234")).toBe("203.0.113.9");
    expect(await addressOf(behindOneProxy, "[2001:db8::1]:443")).toBe("2001:db8::1");
  });
});

describe.each(expressVersions)("F48: an application on %s that trusts every proxy", (version) => {
  const trusting: [string, unknown][] = [
    ["true", true],
    ["a function that is always true", () => true],
    ["networks of everybody", ["0.0.0.0/1", "128.0.0.0/1"]],
  ];
  it.each(trusting)("is told so by every request, and in the log: %s", async (_name, value) => {
    const errors: unknown[] = [];
    const logger = { info() {}, warn() {}, error: (...line: unknown[]) => void errors.push(line) };
    let calls = 0;
    const gateway = scriptedGateway({
      logger,
      answer: (call) => {
        calls += 1;
        return hello(call);
      },
    });
    const { base } = await serve(version, { gateway, before: (app) => void app.set("trust proxy", value) });
    for (const _request of [1, 2]) {
      const response = await post(`${base}/api/ai/chat`, undefined, { "x-request-id": "request-1" });
      expect([response.status, await response.json()]).toEqual([
        500,
        {
          success: false,
          error: "Temporary issue. Please try again.",
          code: "invalid_config",
          request_id: "request-1",
        },
      ]);
    }
    expect([errors.length, calls]).toEqual([2, 0]);
    expect(JSON.stringify(errors)).toContain("trust proxy");
  });

  it.each([1, 3, "loopback", ["10.0.0.0/8", "loopback"], false, undefined])(
    "is not one that trusts %j",
    async (value) => {
      const { base } = await serve(version, { before: (app) => void app.set("trust proxy", value) });
      expect((await post(`${base}/api/ai/chat`)).status).toBe(200);
    },
  );

  it.each([true, -1, ["nowhere"]])("can't state it here either: trustedProxies %j", (trustedProxies) => {
    const gateway = scriptedGateway({ answer: hello });
    const options = { identify: () => undefined, trustedProxies } as unknown as AiRouterOptions;
    expect(() => createAiRouter(gateway, options)).toThrow(/^createAiRouter: trustedProxies/);
  });
});

describe.each(expressVersions)("limits by address on %s", (version) => {
  const logger = { info() {}, warn() {}, error() {} };
  const server = async (options: ServeOptions & { limit?: RateLimitOptions } = {}) => {
    const { limit = {}, ...rest } = options;
    const auditSink = memoryAuditSink();
    const rateLimiter = memoryRateLimiter({ perUser: false, perIp: false, ...limit });
    const gateway = createAiGateway({ logger, auditSink, rateLimiter });
    const { base } = await serve(version, { gateway, trustedProxies: 1, identify: () => undefined, ...rest });
    const send = async (forwarded: string, headers = {}, body?: string) =>
      (await post(`${base}/api/ai/chat`, body, { "x-forwarded-for": forwarded, ...headers })).status;
    return { send, records: auditSink.records };
  };
  const each = async (count: number, send: (n: number) => Promise<number>) => {
    const statuses: number[] = [];
    for (let n = 0; n < count; n += 1) statuses.push(await send(n));
    return statuses;
  };
  const fiveThen429 = [200, 200, 200, 200, 200, 429, 429, 429];
  const perIp = { perIp: { requests: 5 } };

  it("F21: hold under forged headers", async () => {
    const { send } = await server({ limit: perIp });
    const forged = (n: number) => send(`198.51.100.${n}, ${"10.0.0.1, ".repeat(n * 100)}203.0.113.9`);
    expect(await each(8, forged)).toEqual(fiveThen429);
    expect(await send("203.0.113.10")).toBe(200);
  });

  it("hold under a change of IPv6 addresses, of spelling and of ports", async () => {
    const { send } = await server({ limit: perIp });
    expect(await each(8, (n) => send(`2001:db8:1:2a${n}${n}:${n}::${n}`))).toEqual(fiveThen429);
    expect(await send("2001:db8:1:2b00::1")).toBe(200);
    const spelt = ["203.0.113.9", "::ffff:203.0.113.9", "::FFFF:cb00:7109", "203.0.113.9:1", "203.0.113.9:2"];
    expect(await each(8, (n) => send(spelt[n % 5] ?? ""))).toEqual(fiveThen429);
  });

  it("hold when nothing in the header is an address", async () => {
    const { send } = await server({ limit: perIp });
    expect(await each(8, (n) => send(n % 2 === 0 ? `garbage-${n}` : ""))).toEqual(fiveThen429);
  });

  it("hold by user and by tenant, whatever the address and the body say", async () => {
    const identify: AiRouterOptions["identify"] = (request) => ({
      tenantId: "acme",
      userId: request.get("x-user"),
    });
    for (const limit of [{ perUser: { requests: 5 } }, { perTenant: { requests: 5 } }]) {
      const { send } = await server({ limit, identify });
      const user = (n: number) => ("perUser" in limit ? "u1" : `u${n}`);
      const body = (n: number) =>
        JSON.stringify({ message: "Hi", context: { tenant_id: `t${n}` }, user_id: `u${n}` });
      const rotating = (n: number) => send(`203.0.113.${n}`, { "x-user": user(n) }, body(n));
      expect(await each(8, rotating)).toEqual(fiveThen429);
    }
  });

  it("end in a ban for who goes on, over all of a customer's IPv6 addresses, and it is audited", async () => {
    const ipReputation = memoryIpReputation({ banAt: 4.5 });
    const { send, records } = await server({ ipReputation });
    const statuses = await each(8, (n) => send(`198.51.100.${n}, 2001:db8:1:2a${n}${n}::${n}`, {}, "{"));
    expect(statuses).toEqual([400, 400, 400, 400, 400, 403, 403, 403]);
    expect(await send("198.51.100.1, 2001:db8:1:2aff::77")).toBe(403);
    expect(await send("2001:db8:1:2b00::1")).toBe(200);
    expect(records.map(({ error_code }) => error_code)).toEqual([
      ...Array(5).fill("invalid_json"),
      ...Array(4).fill("address_refused"),
      undefined,
    ]);
  });
});
