import { createHmac } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type AiGateway, type AuditRecord, createAiGateway } from "@levqor/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "./app.js";
import { listen } from "./listen.js";
import { readServerConfig } from "./server-config.js";

const signingKey = Buffer.from("thirty-two bytes for these tests");
const siteOrigin = "https://levqor.example";
const records: AuditRecord[] = [];

let gateway: AiGateway;
let server: Server;
let url: string;

beforeAll(async () => {
  gateway = createAiGateway({
    logger: { info() {}, warn() {}, error() {} },
    auditSink: { write: (record) => void records.push(record) },
    rateLimiter: { consume: () => ({ allowed: true }) },
  });
  const config = readServerConfig({
    LEVQOR_SITE_ORIGIN: siteOrigin,
    LEVQOR_SIGNING_SECRET: `whsec_${signingKey.toString("base64")}`,
    LEVQOR_SIGNING_TENANT: "acme",
  });
  server = await listen(createApp({ gateway, config }), { port: 0, host: "127.0.0.1" });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await gateway.close();
});

const json = { "content-type": "application/json" };
const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url + path, {
    method: "POST",
    headers: { ...json, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const debugInput = { error_type: "auth_error", message: "401 from Slack API" };

async function signIn(user?: string): Promise<string> {
  const response = await post("/session", user === undefined ? {} : { user });
  expect(response.status).toBe(200);
  return response.headers.get("set-cookie") ?? "";
}

function signatureOf(body: string, { id = `msg_${crypto.randomUUID()}`, key = signingKey } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${digest}` };
}

async function expectRefusal(response: Response, status: number, code: string) {
  const body = (await response.json()) as { readonly request_id?: string };
  expect({ status: response.status, body }).toEqual({
    status,
    body: expect.objectContaining({
      success: false,
      code,
      error: expect.any(String),
      request_id: expect.any(String),
    }),
  });
  expect(response.headers.get("x-request-id")).toBe(body.request_id);
}

describe("the server's own routes", () => {
  it("tell their health", async () => {
    const response = await fetch(`${url}/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
  });

  it("send security headers, and allow the built site only", async () => {
    const { headers } = await fetch(`${url}/health`);
    expect(headers.get("content-security-policy")).toContain("default-src 'none';script-src 'self'");
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toContain("max-age=");
    expect(headers.get("x-powered-by")).toBeNull();
  });

  it("admit the site's origin and no other", async () => {
    const preflight = (origin: string) =>
      fetch(`${url}/api/ai/chat`, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "content-type",
        },
      });
    const own = await preflight(siteOrigin);
    expect(own.headers.get("access-control-allow-origin")).toBe(siteOrigin);
    expect(own.headers.get("access-control-allow-credentials")).toBe("true");
    const other = await preflight("https://evil.example");
    expect(other.headers.get("access-control-allow-origin")).not.toBe("https://evil.example");
  });

  it("keep a harmless request id and replace any other", async () => {
    const idFor = async (given: string) =>
      (await fetch(`${url}/health`, { headers: { "x-request-id": given } })).headers.get("x-request-id");
    expect(await idFor("trace-12345678")).toBe("trace-12345678");
    expect(await idFor("<script>alert(1)</script>")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("answer unknown addresses in JSON", async () => {
    await expectRefusal(await fetch(`${url}/api/nothing`), 404, "not_found");
    await expectRefusal(await fetch(`${url}/missing.js`), 404, "not_found");
  });
});

describe("sessions", () => {
  it("sign a demo user in and out, in a cookie that scripts can't read", async () => {
    const cookie = await signIn("jonas");
    expect(cookie).toMatch(
      /^__Host-levqor_session=[\w.-]+; Max-Age=28800; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
    );
    const session = await fetch(`${url}/session`, { headers: { cookie: cookie.split(";")[0] ?? "" } });
    expect(await session.json()).toMatchObject({
      user: { id: "jonas", name: "Jonas Weber", tenant: "Bluebird Coffee" },
    });
    const out = await fetch(`${url}/session`, { method: "DELETE" });
    expect(out.headers.get("set-cookie")).toMatch(/^__Host-levqor_session=;.*Expires=Thu, 01 Jan 1970/);
  });

  it("tell that nobody is signed in", async () => {
    expect(await (await fetch(`${url}/session`)).json()).toMatchObject({ user: null });
    const forged = await fetch(`${url}/session`, { headers: { cookie: "__Host-levqor_session=a.b.c" } });
    expect(await forged.json()).toMatchObject({ user: null });
  });

  it("refuse what is no sign-in", async () => {
    await expectRefusal(await post("/session", { user: "eve" }), 400, "invalid_input");
    await expectRefusal(await post("/session", '{"user": CANARY'), 400, "invalid_json");
    await expectRefusal(await post("/session", { user: "x".repeat(2000) }), 413, "payload_too_large");
    const form = { "content-type": "application/x-www-form-urlencoded" };
    await expectRefusal(await post("/session", "user=amara", form), 415, "unsupported_media_type");
  });
});

describe("who asks the gateway", () => {
  const debug = (headers: Readonly<Record<string, string>> = {}, body: unknown = debugInput) =>
    post("/api/ai/debug", body, headers);

  it("is an anonymous visitor without credentials", async () => {
    expect((await debug()).status).toBe(200);
    expect(records.at(-1)).not.toHaveProperty("user_id");
  });

  it("is the user of the session, by cookie or by bearer token", async () => {
    const cookie = (await signIn("amara")).split(";")[0] ?? "";
    expect((await debug({ cookie })).status).toBe(200);
    expect(records.at(-1)).toMatchObject({ user_id: "amara", tenant_id: "northwind" });
    const authorization = `Bearer ${cookie.split("=")[1]}`;
    expect((await debug({ authorization })).status).toBe(200);
    expect(records.at(-1)).toMatchObject({ user_id: "amara", tenant_id: "northwind" });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["a forged cookie", { cookie: "__Host-levqor_session=a.b.c" }],
    ["a forged bearer token", { authorization: "Bearer a.b.c" }],
    ["another kind of authorization", { authorization: "Basic YTpi" }],
  ])("is nobody with %s: 401", async (_what, headers) => {
    await expectRefusal(await debug(headers), 401, "unauthenticated");
  });

  it("is not told to a model: the user's own name is hidden", async () => {
    const message = "Jonas Weber asked Amara Okafor for help";
    for (const user of ["jonas", "amara", undefined]) {
      const cookie = user === undefined ? "" : ((await signIn(user)).split(";")[0] ?? "");
      expect((await post("/api/ai/chat", { message }, { cookie })).status).toBe(200);
    }
    expect(records.slice(-3).map(({ masks }) => masks["person"])).toEqual([1, 1, undefined]);
  });

  it("is the tenant of a signed request, once", async () => {
    const body = JSON.stringify(debugInput);
    const headers = signatureOf(body);
    expect((await debug(headers, body)).status).toBe(200);
    expect(records.at(-1)).toMatchObject({ user_id: "signed-request", tenant_id: "acme" });
    await expectRefusal(await debug(headers, body), 401, "unauthenticated");
  });

  it("admits one of a hundred equal requests", async () => {
    const body = JSON.stringify(debugInput);
    const headers = signatureOf(body);
    const statuses = await Promise.all(
      Array.from({ length: 100 }, async () => (await debug(headers, body)).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(99);
  });

  it("refuses a signed body that was written anew, too large, compressed, or missing", async () => {
    const body = JSON.stringify(debugInput);
    const spaced = JSON.stringify(debugInput, null, 1);
    await expectRefusal(await debug(signatureOf(body), spaced), 401, "unauthenticated");
    await expectRefusal(
      await debug(signatureOf(body, { key: Buffer.alloc(32) }), body),
      401,
      "unauthenticated",
    );
    const large = JSON.stringify({ ...debugInput, message: "x".repeat(1_100_000) });
    await expectRefusal(await debug(signatureOf(large), large), 413, "payload_too_large");
    await expectRefusal(
      await debug({ ...signatureOf(body), "content-encoding": "gzip" }, body),
      415,
      "unsupported_media_type",
    );
    await expectRefusal(await debug(signatureOf(""), ""), 400, "invalid_request");
  });

  it("reads a signed body as it reads any other", async () => {
    const body = '{"error_type": ';
    await expectRefusal(await debug(signatureOf(body), body), 400, "invalid_json");
  });
});
