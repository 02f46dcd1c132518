import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { AiGatewayOptions } from "@levqor/core";
import { openaiProvider } from "@levqor/core/openai";
import { describe, expect, it, vi } from "vitest";
import { observedGateway } from "../support/edge/observed-gateway.js";
import { delta, rawUpstream, sendWhole, streamEnd } from "../support/edge/raw-upstream.js";
import { serveEdge } from "../support/edge/serve-edge.js";

const html = "<!doctype html><title>CANARY upstream</title>";
const internals = /CANARY|ECONN|ENOTFOUND|node_modules|127\.0\.0\.1|\bat .*\(/;

/** An Express server whose gateway asks that address. */
async function start(baseURL: string, options: AiGatewayOptions = {}) {
  const provider = openaiProvider({ apiKey: "sk-test-0123456789abcdef", baseURL });
  const observed = observedGateway({ provider, localFallback: false, ...options });
  const { base } = await serveEdge("Express 5", { gateway: observed.gateway });
  const ask = async (accept = "application/json") => {
    const headers = { "content-type": "application/json", accept };
    const response = await fetch(`${base}/chat`, { method: "POST", headers, body: '{"message":"Hello"}' });
    const text = await response.text();
    expect(text).not.toMatch(internals);
    const [code] = /(?<="code":")\w+/.exec(text) ?? [];
    const said = [...text.matchAll(/"type":"text-delta".*?"delta":"(.*?)"\}/g)]
      .map(([, each]) => each)
      .join("");
    return { status: response.status, retryAfter: response.headers.get("retry-after"), code, text, said };
  };
  return { ...observed, ask };
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response
      .writeHead(code, { "content-type": "application/json", ...headers })
      .end('{"error":{"message":"CANARY"}}');

describe("F31: an upstream that answers 429", () => {
  const soon = new Date(Date.now() + 90_000).toUTCString();
  it.each([
    ["in seconds", { "retry-after": "120" }, /^120$/],
    ["as a date", { "retry-after": soon }, /^(8\d|90)$/],
    ["of a thousand million seconds", { "retry-after": "1000000000" }, /^3600$/],
  ])("with a Retry-After %s is asked once, and passed on as 429", async (_name, headers, expected) => {
    const upstream = await rawUpstream(status(429, headers));
    const { ask } = await start(upstream.baseURL, { retry: { maxRetries: 3 } });
    const reply = await ask();
    expect([reply.status, reply.code]).toEqual([429, "provider_rate_limited"]);
    expect(reply.retryAfter).toMatch(expected);
    expect(upstream.asked).toBe(1); // so long the deadline does not wait
  });

  it("without a Retry-After is asked again, then passed on as 429", async () => {
    const upstream = await rawUpstream(status(429));
    const { ask } = await start(upstream.baseURL, { retry: { maxRetries: 2, baseDelayMs: 5 } });
    expect(await ask()).toMatchObject({ status: 429, code: "provider_rate_limited", retryAfter: null });
    expect(upstream.asked).toBe(3);
  });

  it("with a short Retry-After is waited for, and answers then", async () => {
    const upstream = await rawUpstream((response, { number }) =>
      number === 1 ? status(429, { "retry-after": "1" })(response) : sendWhole(response, "Hello."),
    );
    const { ask } = await start(upstream.baseURL, { retry: { maxRetries: 1 } });
    const startMs = performance.now();
    expect((await ask()).status).toBe(200);
    expect(performance.now() - startMs).toBeGreaterThan(950);
  });
});

describe("F32: an upstream that answers", () => {
  it.each([500, 502, 503, 529])("%s is asked again, then the next one is", async (code) => {
    const failing = await rawUpstream(status(code));
    const backup = await rawUpstream((response) => sendWhole(response, "From the backup."));
    const targets = [failing, backup].map(({ baseURL }) => ({
      provider: openaiProvider({ apiKey: "sk-test-0123456789abcdef", baseURL }),
    }));
    const observed = observedGateway({ targets, retry: { maxRetries: 1, baseDelayMs: 5 } });
    const { base } = await serveEdge("Express 5", { gateway: observed.gateway });
    const headers = { "content-type": "application/json" };
    const reply = await fetch(`${base}/chat`, { method: "POST", headers, body: '{"message":"Hello"}' });
    expect([reply.status, (await reply.json()).reply]).toEqual([200, "From the backup."]);
    expect([failing.asked, backup.asked]).toEqual([2, 1]);
  });

  it.each([500, 502, 503, 529])("%s for ever is a 503 of ours", async (code) => {
    const upstream = await rawUpstream(status(code));
    const { ask, written } = await start(upstream.baseURL);
    expect(await ask()).toMatchObject({ status: 503, code: "provider_unavailable" });
    expect(written()).not.toContain("CANARY");
  });
});

describe("F33: an upstream that answers 200 with", () => {
  const json = { "content-type": "application/json" };
  it.each([
    ["a web page", { "content-type": "text/html" }, html],
    ["a web page that says it is JSON", json, html],
    ["nothing", json, ""],
    ["broken JSON", json, '{"choices":[{"message":{"content":"CANARY'],
    ["JSON of another shape", json, '{"CANARY":[]}'],
    ["null", json, "null"],
    ["a list", json, '["CANARY"]'],
  ])("%s is a 503 of ours, and its text nowhere", async (_name, headers, body) => {
    const upstream = await rawUpstream((response) => response.writeHead(200, headers).end(body));
    const { ask, written } = await start(upstream.baseURL);
    for (const accept of ["application/json", "text/event-stream"]) {
      const { status, code } = await ask(accept);
      expect(status).toBe(503);
      expect(["provider_malformed", "provider_cut", "provider_unavailable"]).toContain(code);
    }
    expect(written()).not.toContain("CANARY");
  });
});

describe("F34: an upstream that", () => {
  it.each([
    ["refuses connections", async () => `http://127.0.0.1:9/v1`],
    ["has no address", async () => "http://no-such-host.invalid/v1"],
    ["speaks no TLS", async () => (await rawUpstream(() => {})).baseURL.replace("http:", "https:")],
    ["resets the connection after its headers", resetting],
  ])("%s is a 503 of ours", async (_name, address) => {
    const { ask, written } = await start(await address());
    for (const accept of ["application/json", "text/event-stream"]) {
      const { status, code } = await ask(accept);
      expect(status).toBe(503);
      expect(["provider_unavailable", "provider_cut", "provider_malformed"]).toContain(code);
    }
    expect(written()).not.toMatch(/CANARY|sk-test/);
  });

  it("fails again and again is left alone, then probed once", async () => {
    let isDown = true;
    const upstream = await rawUpstream((response) =>
      isDown ? status(500)(response) : sendWhole(response, "Back."),
    );
    const { ask } = await start(upstream.baseURL, { breaker: { failureThreshold: 3, openMs: 300 } });
    for (let call = 0; call < 3; call++) expect((await ask()).code).toBe("provider_unavailable");
    for (let call = 0; call < 3; call++) expect((await ask()).code).toBe("provider_busy");
    expect(upstream.asked).toBe(3);
    await delay(350);
    isDown = false;
    expect((await ask()).status).toBe(200);
    expect(upstream.asked).toBe(4);
  });
});

async function resetting(): Promise<string> {
  const upstream = await rawUpstream((response) => {
    response.writeHead(200, { "content-type": "text/event-stream", "content-length": "5000" });
    response.write(": CANARY\n\n", () => response.socket?.resetAndDestroy());
  });
  return upstream.baseURL;
}

describe("F35: an upstream that hangs", () => {
  const timeouts = { firstChunkMs: 200, chunkMs: 200, totalMs: 2_000, attemptMs: 600 };

  it("before its headers, or before its first token, is left with provider_timeout", async () => {
    const silent = await rawUpstream(() => {});
    const begun = await rawUpstream((response) =>
      response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders(),
    );
    for (const upstream of [silent, begun]) {
      const { ask } = await start(upstream.baseURL, { timeouts });
      expect(await ask("text/event-stream")).toMatchObject({ status: 503, code: "provider_timeout" });
      await vi.waitFor(() => expect(upstream.abandoned).toBe(1));
    }
  });

  it("between two tokens ends the stream with an error frame", async () => {
    const upstream = await rawUpstream((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).write(delta("one "));
    });
    const { ask, budget } = await start(upstream.baseURL, { timeouts });
    const reply = await ask("text/event-stream");
    expect(reply).toMatchObject({ status: 200, code: "provider_timeout" });
    expect(reply.text).toMatch(/"type":"error"[^\n]*\n\nid: \d+\ndata: \[DONE\]\n\n$/);
    await vi.waitFor(() => expect(upstream.abandoned).toBe(1));
    expect(budget.usage().map(({ reservedMicroUsd }) => reservedMicroUsd)).toEqual([0, 0]);
  });

  it("never closes is left at the end of its attempt", async () => {
    const upstream = await rawUpstream(async (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      while (!response.destroyed) {
        response.write(delta("on "));
        await delay(30);
      }
    });
    const { ask } = await start(upstream.baseURL, { timeouts });
    expect(await ask("text/event-stream")).toMatchObject({ status: 200, code: "provider_timeout" });
    await vi.waitFor(() => expect(upstream.abandoned).toBe(1));
  });
});

describe("F36: a stream", () => {
  const events = [delta("Grüße, "), delta("schöne 🙂 "), delta("Welt."), streamEnd].join("");
  const bytes = Buffer.from(events);
  const send = (parts: readonly (string | Uint8Array)[]) =>
    rawUpstream(async (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const part of parts) {
        response.write(part);
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });

  it.each<[string, readonly (string | Uint8Array)[]]>([
    ["in single bytes", [...bytes].map((byte) => Uint8Array.of(byte))],
    ["with CRLF", [events.replaceAll("\n", "\r\n")]],
    ["with CR", [events.replaceAll("\n", "\r")]],
    ["with all three ends of line", [events.replace("\n\n", "\r\n\r\n").replace("\n\n", "\r\r")]],
    [
      "with comments and other fields",
      [`: ping\n\nretry: 5\n\nevent: ping\ndata: {}\n\n${events}`.replace("event: ping\ndata: {}\n\n", "")],
    ],
    ["with data after [DONE]", [`${events}${delta("CANARY")}`]],
    ["without [DONE]", [events.replace("data: [DONE]\n\n", "")]],
  ])("%s reads the same", async (_name, parts) => {
    const { ask } = await start((await send(parts)).baseURL);
    expect(await ask("text/event-stream")).toMatchObject({
      status: 200,
      code: undefined,
      said: "Grüße, schöne 🙂 Welt.",
    });
  });

  it("that ends early, or tells an error, ends in an error frame", async () => {
    const early = await send([delta("one ")]);
    const told = await send([delta("one "), 'event: error\ndata: {"error":{"message":"CANARY"}}\n\n']);
    for (const upstream of [early, told]) {
      const { ask } = await start(upstream.baseURL);
      const reply = await ask("text/event-stream");
      expect(reply.text).toMatch(/"type":"error"[^\n]*\n\nid: \d+\ndata: \[DONE\]\n\n$/);
      expect(reply.code).toMatch(/^provider_/);
    }
  });

  it("of 100,000 tiny pieces is read in order", async () => {
    const tiny = Array.from({ length: 100_000 }, () => delta("x")).join("");
    const { ask } = await start((await send([tiny, streamEnd])).baseURL);
    expect((await ask("text/event-stream")).said).toBe("x".repeat(100_000));
  }, 120_000);
});

describe("F37: an upstream that writes without end", () => {
  it.each([
    ["one line of 50 MB", () => `data: ${"x".repeat(1024 * 1024)}`.repeat(1), true],
    ["words", () => delta("word ".repeat(200)), false],
    [
      "arguments of a tool call",
      () =>
        `data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","type":"function","function":{"name":"f","arguments":"${"[".repeat(1000)}"}}]}}]}\n\n`,
      false,
    ],
  ])("%s is cut off, charged and audited", async (_name, piece, isOneLine) => {
    let sent = 0;
    const upstream = await rawUpstream(async (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      while (!response.destroyed && sent < 50 * 1024 * 1024) {
        const part = isOneLine && sent > 0 ? "x".repeat(1024 * 1024) : piece();
        sent += part.length;
        if (!response.write(part)) await Promise.race([once(response, "drain"), once(response, "close")]);
      }
      response.end("\n\n");
    });
    const { ask, audit, budget } = await start(upstream.baseURL);
    const { code } = await ask("text/event-stream");
    expect(code).toMatch(/^provider_(malformed|cut|timeout)$/);
    expect(audit.records).toHaveLength(1);
    expect(audit.records[0]?.cost_usd).toBeGreaterThan(0);
    expect(budget.usage().map(({ reservedMicroUsd }) => reservedMicroUsd)).toEqual([0, 0]);
  });
});

it("F34: a server that is no HTTP server is a 503 of ours", async () => {
  const server = createServer((socket) => void socket.end("CANARY\r\n")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { ask } = await start(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
  expect(await ask()).toMatchObject({ status: 503, code: "provider_unavailable" });
  server.close();
});
