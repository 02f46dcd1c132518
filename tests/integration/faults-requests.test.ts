import { describe, expect, it } from "vitest";
import { observedGateway } from "../support/edge/observed-gateway.js";
import { chatHead, openConnection, sendRaw } from "../support/edge/raw-http.js";
import { type EdgeOptions, edgeHosts, serveEdge } from "../support/edge/serve-edge.js";

const json = { "content-type": "application/json" };
const body = '{"message":"Hi"}';
const asJson = "Content-Type: application/json";

describe.each(edgeHosts)("%s", (host) => {
  async function start(options: Partial<EdgeOptions> = {}) {
    const observed = observedGateway();
    let identified = 0;
    const identify = () => {
      identified++;
      return { userId: "u1", tenantId: "t1" };
    };
    const { base, port, server } = await serveEdge(host, { gateway: observed.gateway, identify, ...options });
    const send = (init: RequestInit = {}) =>
      fetch(`${base}/chat`, { method: "POST", headers: json, body, ...init });
    return { ...observed, base, port, server, send, identified: () => identified };
  }

  it.each([
    [
      "Content-Length and Transfer-Encoding",
      ["Content-Length: 5", "Transfer-Encoding: chunked"],
      `0\r\n\r\n${body}`,
    ],
    ["two lengths", ["Content-Length: 16", "Content-Length: 3"], body],
    ["a chunk of no size", ["Transfer-Encoding: chunked"], "zz\r\nxx\r\n0\r\n\r\n"],
    ["a chunk of a negative size", ["Transfer-Encoding: chunked"], "-1\r\nxx\r\n0\r\n\r\n"],
    ["a folded length", ["Content-Length: 1", " 6"], body],
    ["another transfer encoding behind", ["Transfer-Encoding: chunked, identity"], "0\r\n\r\n"],
    ["a space before the colon", ["Content-Length : 16"], body],
    ["a NUL in a header", ["X-A: a\0b", "Content-Length: 16"], body],
  ])("F20: %s is refused by the server, nothing runs", async (_name, headers, sent) => {
    const { port, prompts, send } = await start();
    const { status, text } = await sendRaw(port, [chatHead(asJson, ...headers), sent]);
    expect(status).toBe(400);
    expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(prompts).toEqual([]);
    expect((await send()).status).toBe(200);
  });

  it("F20: headers of 20 KB, no Host, and bare line feeds are refused by the server", async () => {
    const { port, prompts } = await start();
    const head = chatHead(asJson, "Content-Length: 16");
    const large = await sendRaw(port, [chatHead(asJson, `X-A: ${"a".repeat(20_000)}`)]);
    const nameless = await sendRaw(port, [head.replace("Host: localhost\r\n", ""), body]);
    const bare = await sendRaw(port, [head.replaceAll("\r\n", "\n"), body]);
    expect([large.status, nameless.status, bare.status]).toEqual([431, 400, 400]);
    expect(prompts).toEqual([]);
  });

  it.each(["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])(
    "F22: %s stands for no other method",
    async (name) => {
      const { send, base, identified, prompts } = await start();
      const replies = [
        await send({ headers: { ...json, [name]: "DELETE" } }),
        await fetch(`${base}/chat`, { headers: { [name]: "POST" } }),
      ];
      for (const reply of replies) {
        expect([reply.status, reply.headers.get("allow")]).toEqual([405, "POST"]);
        expect((await reply.json()).code).toBe("method_not_allowed");
      }
      expect([identified(), prompts]).toEqual([0, []]);
    },
  );

  it.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
    "F22: %s of a task is refused without side effect",
    async (method) => {
      const { base, identified, prompts } = await start();
      const reply = await fetch(`${base}/chat`, { method });
      expect([reply.status, reply.headers.get("allow")]).toEqual([405, "POST"]);
      expect([identified(), prompts]).toEqual([0, []]);
    },
  );

  it.each(["TRACE", "CONNECT", "BREW", "post"])("F22: %s on the wire runs nothing", async (method) => {
    const { port, identified, prompts, send } = await start();
    const head = chatHead(asJson, "X-Secret: CANARY").replace("POST", method);
    const { status, text } = await sendRaw(port, [head]);
    // TRACE can't be a fetch Request; Node closes a CONNECT that nobody listens to, and knows no BREW.
    if (status !== 0) expect([400, 405, 500, 501]).toContain(status);
    expect(text).not.toContain("CANARY");
    expect([identified(), prompts]).toEqual([0, []]);
    expect((await send()).status).toBe(200);
  });

  it("F28: a head or a body that comes byte by byte ends in 408; others are answered meanwhile", async () => {
    const serverOptions = { headersTimeout: 300, requestTimeout: 300, connectionsCheckingInterval: 50 };
    const { port, send, prompts } = await start({ serverOptions });
    const drip = async (first: string) => {
      const socket = await openConnection(port);
      socket.write(first);
      const timer = setInterval(() => socket.write("x"), 20);
      let text = "";
      for await (const chunk of socket) text += String(chunk);
      clearInterval(timer);
      return text;
    };
    const dripping = [
      drip("POST /api/ai/chat HTTP/1.1\r\nX-A: "),
      drip(chatHead(asJson, "Content-Length: 9999")),
    ];
    expect((await send()).status).toBe(200);
    for (const text of await Promise.all(dripping)) expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(prompts).toHaveLength(1);
  });

  const harmful = [
    "a\tb",
    "x".repeat(10_000),
    "{{7*7}}",
    "a b c d e f",
    "../../../etc/passwd",
    "short",
    "ünïcödé-ünïcödé",
  ];
  it.each(harmful)("F57: the request id %j is replaced", async (given) => {
    const { port, written } = await start();
    const head = chatHead(asJson, `X-Request-Id: ${given}`, "Content-Length: 16");
    const { status, text } = await sendRaw(port, [Buffer.from(head + body, "utf8")]);
    const id = /x-request-id: (.*)\r\n/i.exec(text)?.[1];
    expect(status).toBe(200);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(written()).toContain(id);
    if (given.length > 5) expect(text + written()).not.toContain(given);
  });

  it("F57: a line break in a header never reaches the log", async () => {
    const { port, written, prompts } = await start();
    const head = chatHead(asJson, 'X-Request-Id: good-id-1\r\n{"level":"forged"}', "Content-Length: 16");
    expect((await sendRaw(port, [head, body])).status).toBe(400);
    expect(written()).not.toContain("forged");
    expect(prompts).toEqual([]);
  });

  it("F57: a user id with line breaks, 10 KB and Unicode can't forge a record", async () => {
    const userId = `ada\n{"outcome":"forged"}\u2028\u202e\u0000${"x".repeat(10_000)}`;
    const observed = observedGateway();
    const { base } = await serveEdge(host, { gateway: observed.gateway, identify: () => ({ userId }) });
    const reply = await fetch(`${base}/chat`, { method: "POST", headers: json, body });
    expect([reply.status, (await reply.json()).code]).toEqual([401, "unauthenticated"]);
    expect(observed.prompts).toEqual([]);
    for (const { user_id = "" } of observed.audit.records) {
      expect(user_id.length).toBeLessThanOrEqual(256);
      expect(user_id).not.toMatch(/[\p{C}\u2028\u2029]/u);
    }
  });
});
