import { createHmac, randomBytes } from "node:crypto";
import { createAiClient } from "@levqor/core/client";
import {
  apiKeyAuth,
  createApiKey,
  createFetchHandler,
  firstOf,
  hmacAuth,
  type Identify,
  memoryReplayStore,
} from "@levqor/core/http";
import { jwtAuth } from "@levqor/core/jwt";
import { signedFetch, signRequest } from "@levqor/core/signing";
import { scriptedGateway } from "@levqor/core/testing";
import type { Request as ExpressRequest } from "express";
import { afterEach, describe, expect, it, vi } from "vitest";
import { expressVersions, hello, post, type ServeOptions, serve } from "./serve-router.test-support.js";

const sessionKey = randomBytes(32);
const secret = `whsec_${randomBytes(32).toString("base64")}`;
const partner = { userId: "partner-server", tenantId: "partner", roles: ["service"] };
const created = await createApiKey();
const importer = { userId: "importer", tenantId: "acme" };

/** All three kinds, then whatever the application itself knows. */
const everyKind = () =>
  firstOf(
    hmacAuth({ secrets: [secret], caller: partner, replayStore: memoryReplayStore() }),
    apiKeyAuth({ keys: [{ id: created.id, hash: created.hash, caller: importer }] }),
    jwtAuth({ issuer: "site", audience: "api", algorithms: ["HS256"], key: { secret: sessionKey } }),
  );

function token(sub: string): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const exp = Date.now() / 1000 + 60;
  const claims = { iss: "site", aud: "api", sub, tenant_id: "acme", roles: ["member"], exp };
  const signed = `${encode({ alg: "HS256" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", sessionKey).update(signed).digest("base64url")}`;
}

type Send = (body: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
interface Server {
  readonly name: string;
  open(identify: Identify): Promise<Send>;
}

/** The same credentials at each kind of server. */
const servers: readonly Server[] = [
  ...expressVersions.map((version) => ({
    name: version,
    async open(identify: Identify) {
      const { base } = await serve(version, { identify });
      return (body: string, headers = {}) => post(`${base}/api/ai/chat`, body, headers);
    },
  })),
  {
    name: "a fetch-style server",
    async open(identify: Identify) {
      const handle = createFetchHandler(scriptedGateway({ answer: hello }), { identify });
      return (body: string, headers = {}) => {
        const all = { "content-type": "application/json", ...headers };
        return handle(new Request("https://app.example/chat", { method: "POST", body, headers: all }));
      };
    },
  },
];

const callerOf = async (response: Response) =>
  ((await response.json()) as { caller?: Readonly<Record<string, unknown>> }).caller;

afterEach(() => void vi.unstubAllEnvs());

describe.each(servers)("identity at $name", ({ open }) => {
  const text = '{"message": "Hi"}';

  it("comes from a signature, a key or a token, whichever is there", async () => {
    const send = await open(everyKind());
    expect(await callerOf(await send(text, await signRequest({ secret, body: text })))).toMatchObject(
      partner,
    );
    expect(await callerOf(await send(text, { "x-api-key": created.key }))).toMatchObject(importer);
    const authorization = `Bearer ${token("ada")}`;
    const ada = { userId: "ada", tenantId: "acme", roles: ["member"] };
    expect(await callerOf(await send(text, { authorization }))).toMatchObject(ada);
    const visit = await send(text);
    expect([visit.status, (await callerOf(visit))?.["userId"]]).toEqual([200, undefined]);
  });

  it.each([undefined, "production"])("is never taken from a body, with NODE_ENV %s", async (mode) => {
    vi.stubEnv("NODE_ENV", mode);
    const send = await open(everyKind());
    const forged =
      '{"message":"Hi","userId":"root","caller":{"roles":["admin"]},"context":{"tenant_id":"x"}}';
    const caller = await callerOf(await send(forged, { "x-api-key": created.key }));
    expect(caller).toMatchObject(importer);
    expect(JSON.stringify(caller)).not.toMatch(/root|admin/);
  });

  it.each([undefined, "production"])(
    "that is broken is refused in the same words, with NODE_ENV %s",
    async (mode) => {
      vi.stubEnv("NODE_ENV", mode);
      const send = await open(everyKind());
      const signed = await signRequest({ secret, body: text });
      const refusals = [
        await send(`${text} `, signed),
        await send(text, { ...signed, "webhook-timestamp": "CANARY" }),
        await send(text, { "x-api-key": "CANARY" }),
        await send(text, { authorization: "Bearer CANARY.CANARY.CANARY" }),
        await send(text, { authorization: `Bearer ${token("ada\nCANARY")}` }),
        await send(text, { authorization: "Basic CANARY", "x-api-key": "" }),
      ];
      for (const response of refusals) {
        const body = (await response.json()) as { readonly request_id: string };
        expect([response.status, body]).toEqual([
          401,
          {
            success: false,
            error: "Your credentials are not valid. Please sign in again.",
            code: "unauthenticated",
            request_id: body.request_id,
          },
        ]);
      }
    },
  );

  it("F26: of 200 replays over HTTP one is answered", async () => {
    const send = await open(everyKind());
    const headers = await signRequest({ secret, body: text });
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async () => (await send(text, headers)).status),
    );
    expect(statuses.filter((status) => status === 200).length).toBe(1);
    expect(statuses.filter((status) => status === 401).length).toBe(199);
  });

  it("refuses a signed body over the limit, and one that is no JSON, as any other body", async () => {
    const send = await open(everyKind());
    const large = JSON.stringify({ message: "x".repeat(1_100_000) });
    expect((await send(large, await signRequest({ secret, body: large }))).status).toBe(413);
    expect((await send("{", await signRequest({ secret, body: "{" }))).status).toBe(400);
  });
});

describe.each(expressVersions)("a signature on %s", (version) => {
  const open = async (before: NonNullable<ServeOptions["before"]>) => {
    const logged: string[] = [];
    const logger = {
      info() {},
      warn() {},
      error: (_fields: object, message: string) => void logged.push(message),
    };
    const gateway = scriptedGateway({ answer: hello, logger });
    const { base } = await serve(version, { before, gateway, identify: everyKind() });
    return { base, logged };
  };
  const text = '{"message": "Hi"}';

  it("can't be checked after express.json(): nobody gets in, and the log says what to do", async () => {
    const { base, logged } = await open((app, { json }) => app.use(json()));
    const response = await post(`${base}/api/ai/chat`, text, await signRequest({ secret, body: text }));
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      500,
      "invalid_config",
    ]);
    expect(logged).toEqual([
      expect.stringMatching(/body parser ran before the gateway: mount the gateway before/),
    ]);
    expect((await post(`${base}/api/ai/chat`, text, { "x-api-key": created.key })).status).toBe(200);
  });

  it("can be checked after express.raw(), which leaves the bytes as they are", async () => {
    const { base } = await open((app, { raw }) => app.use(raw({ type: "application/json" })));
    expect((await post(`${base}/api/ai/chat`, text, await signRequest({ secret, body: text }))).status).toBe(
      200,
    );
  });

  it("is made by a client with signedFetch, for streams and for stopping them too", async () => {
    const { base } = await open(() => {});
    const client = createAiClient({ baseUrl: `${base}/api/ai`, fetch: signedFetch({ secret }) });
    expect(await client.run("chat", { message: "Hi £" })).toMatchObject({ reply: "Hello", caller: partner });
    const events: string[] = [];
    for await (const event of client.stream("chat", { message: "Hi" })) events.push(event.type);
    expect(events).toContain("finish");
    await client.stop("chat", "request-1");
  });
});

it("reads what Express knows, beside the ready-made kinds and without casts", async () => {
  const bySession = ({ headers }: ExpressRequest) =>
    headers.cookie === "session=ada" ? { userId: "ada" } : undefined;
  const { base } = await serve("express", { identify: firstOf(everyKind(), bySession) });
  const ask = (headers: Record<string, string>) => post(`${base}/api/ai/chat`, undefined, headers);
  expect(await callerOf(await ask({ cookie: "session=ada" }))).toMatchObject({ userId: "ada" });
  expect((await ask({ cookie: "session=ada", "x-api-key": "broken" })).status).toBe(401);
});
