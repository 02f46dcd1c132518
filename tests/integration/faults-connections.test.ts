import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { AiGatewayOptions } from "@levqor/core";
import { fakeProvider, scriptedGateway } from "@levqor/core/testing";
import compression from "compression";
import { describe, expect, it, vi } from "vitest";
import { bufferingProxy } from "../support/edge/buffering-proxy.js";
import { observedGateway } from "../support/edge/observed-gateway.js";
import { pacedProvider } from "../support/edge/paced-provider.js";
import { type EdgeHost, type EdgeOptions, edgeHosts, serveEdge } from "../support/edge/serve-edge.js";

const patient = { firstChunkMs: 60_000, chunkMs: 60_000, totalMs: 60_000 };

async function start(host: EdgeHost, options: AiGatewayOptions, edge: Partial<EdgeOptions> = {}) {
  const observed = observedGateway({ timeouts: patient, ...options });
  const served = await serveEdge(host, { gateway: observed.gateway, ...edge });
  return { ...observed, ...served };
}

/** Sends a question with a client that can leave at any moment. */
function ask(base: string, accept: string) {
  const headers = { "content-type": "application/json", accept };
  const request = httpRequest(`${base}/chat`, { method: "POST", headers }).end('{"message":"Hello"}');
  request.on("error", () => {}); // cut connections are what these tests are about
  const answered = once(request, "response").then(([response]) =>
    (response as IncomingMessage).on("error", () => {}),
  );
  answered.catch(() => {});
  return { request, answered };
}

/** Reads on until a text has come, or to the end. */
async function readUntil(response: IncomingMessage, wanted?: string): Promise<string> {
  let text = "";
  for await (const chunk of response.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (wanted !== undefined && text.includes(wanted)) break;
  }
  return text;
}

const reservedIn = ({ budget }: Pick<ReturnType<typeof observedGateway>, "budget">) =>
  budget.usage().reduce((sum, { reservedMicroUsd }) => sum + reservedMicroUsd, 0);
const usedIn = ({ budget }: Pick<ReturnType<typeof observedGateway>, "budget">) =>
  Math.max(...budget.usage().map(({ usedMicroUsd }) => usedMicroUsd));

describe.each(edgeHosts)("a client that leaves %s", (host) => {
  it.each([
    { moment: "before the headers", accept: "application/json", pieces: [] as string[] },
    { moment: "before the first token", accept: "text/event-stream", pieces: [] as string[] },
    { moment: "mid-stream", accept: "text/event-stream", pieces: ["one ", "two ", "three "] },
  ])("F29: $moment aborts the model within 50 ms, is charged and audited once", async (left) => {
    const provider = pacedProvider(left);
    const started = await start(host, { provider });
    const { audit } = started;
    const delaysMs: number[] = [];
    for (let count = 1; count <= 3; count++) {
      const { request, answered } = ask(started.base, left.accept);
      if (left.pieces.length > 0) await readUntil(await answered, '"three "');
      else await vi.waitFor(() => expect(provider.seen.running).toBe(1));
      const leftAtMs = performance.now();
      request.destroy();
      await vi.waitFor(() => expect(audit.records).toHaveLength(count));
      delaysMs.push(provider.seen.abortedAtMs - leftAtMs);
    }
    expect(Math.min(...delaysMs)).toBeLessThan(50); // a busy machine may be late once
    expect(provider.seen).toMatchObject({ asked: 3, running: 0 });
    for (const record of audit.records) {
      expect(record).toMatchObject({ outcome: "aborted", error_code: "aborted" });
      expect(record.cost_usd).toBeGreaterThan(0);
    }
    const charged = audit.records.reduce((sum, { cost_usd }) => sum + Math.round(cost_usd * 1e6), 0);
    expect(usedIn(started)).toBe(charged);
    expect(reservedIn(started)).toBe(0);
    await delay(20);
    expect(audit.records).toHaveLength(3);
    expect((await fetch(started.base.replace("/api/ai", "/health"))).status).toBe(200);
  });

  it("F29: after [DONE] changes nothing: the call is audited as it ended", async () => {
    const started = await start(host, { provider: fakeProvider([{ text: ["one ", "two"] }]) });
    const { request, answered } = ask(started.base, "text/event-stream");
    await readUntil(await answered, "[DONE]");
    request.destroy();
    await delay(20);
    expect(started.audit.records).toMatchObject([{ outcome: "ok", usage_source: "reported" }]);
    expect(reservedIn(started)).toBe(0);
  });
});

describe.each(edgeHosts)("a slow client of %s", (host) => {
  it("F30: slows the model down; the server holds 256 KB for it at most, then cuts it off", async () => {
    const seen: { said: number; signal?: AbortSignal | undefined } = { said: 0 };
    const gateway = scriptedGateway({
      async *answer({ call }) {
        seen.signal = call.signal;
        for (; ; seen.said++) yield { type: "text-delta", delta: "x".repeat(16 * 1024) };
      },
    });
    const { server, base } = await serveEdge(host, { gateway, stallMs: 1_500 });
    let mostHeld = 0;
    server.on("connection", (socket) => {
      const timer = setInterval(() => {
        mostHeld = Math.max(mostHeld, socket.writableLength);
      }, 1);
      socket.once("close", () => clearInterval(timer));
    });
    const { answered } = ask(base, "text/event-stream");
    const response = (await answered).pause();
    // A byte at a time: far less than the system's own buffers hold.
    const reading = setInterval(() => response.read(1), 50);
    for (let before = -1; before !== seen.said; await delay(200)) before = seen.said;
    expect(seen.said).toBeGreaterThan(1);
    expect(seen.said).toBeLessThan(1_000); // the two sockets hold some MB
    expect(mostHeld).toBeGreaterThan(0);
    expect(mostHeld).toBeLessThanOrEqual(256 * 1024);
    expect(seen.signal?.aborted).toBe(false);
    await vi.waitFor(() => expect(seen.signal?.aborted).toBe(true), 5_000);
    clearInterval(reading);
    response.destroy();
  });
});

describe.each(edgeHosts)("a stream of %s", (host) => {
  const compress: EdgeOptions["before"] = () => [compression({ threshold: 0 })];

  it.each([
    ["nothing", {}],
    ["compression()", host === "Hono" ? {} : { before: compress }],
  ])("comes event by event through %s and a proxy that buffers", async (_name, edge) => {
    const provider = pacedProvider({ pieces: ["one ", "two "] });
    const { base, port } = await start(host, { provider }, edge);
    const proxy = await bufferingProxy(port);
    const { request, answered } = ask(base.replace(String(port), String(proxy.port)), "text/event-stream");
    const response = await answered;
    expect(response.headers["content-encoding"]).toBeUndefined();
    await readUntil(response, '"two "'); // the model never ends: this did not wait for an end
    expect(proxy.passed()).toBe("as it came");
    request.destroy();
    await vi.waitFor(() => expect(provider.seen.running).toBe(0));
  });

  it("leaves a reply in one piece to the proxy's buffer", async () => {
    const { port, base } = await start(host, { provider: fakeProvider([{ text: "one" }]) });
    const proxy = await bufferingProxy(port);
    const { answered } = ask(base.replace(String(port), String(proxy.port)), "application/json");
    const text = await readUntil(await answered);
    expect(JSON.parse(text)).toMatchObject({ reply: "one" });
    expect(proxy.passed()).toBe("buffered");
  });

  it("F54: that fails after its headers ends in one error frame on the same reply", async () => {
    const provider = pacedProvider({ pieces: ["one "] });
    const broken = {
      ...provider,
      async *stream() {
        yield { type: "text-delta" as const, delta: "one " };
        throw new TypeError("CANARY at /srv/app.ts:1");
      },
    };
    const started = await start(host, { provider: broken, localFallback: false });
    const { answered } = ask(started.base, "text/event-stream");
    const response = await answered;
    const text = await readUntil(response);
    expect(response.statusCode).toBe(200);
    expect(text.match(/"type":"error"/g)).toHaveLength(1);
    expect(text).toMatch(/data: \[DONE\]\n\n$/);
    expect(text + started.written()).not.toContain("CANARY");
    expect((await fetch(started.base.replace("/api/ai", "/health"))).status).toBe(200);
    expect(reservedIn(started)).toBe(0);
  });

  it("F54: whose hooks, logger and detached work reject goes on", async () => {
    const fail = () => Promise.reject(new Error("CANARY"));
    const loud = () => {
      throw new Error("CANARY");
    };
    const started = await start(host, {
      provider: fakeProvider([{ text: ["one ", "two"] }]),
      hooks: { beforeRoute: fail, afterOutput: fail, onSettled: fail },
      logger: { info: loud, warn: loud, error: loud },
    });
    const { answered } = ask(started.base, "text/event-stream");
    const text = await readUntil(await answered);
    expect(text).toMatch(/"type":"finish"[^\n]*\n\nid: \d+\ndata: \[DONE\]\n\n$/);
    expect(text).not.toContain("CANARY");
  });
});
