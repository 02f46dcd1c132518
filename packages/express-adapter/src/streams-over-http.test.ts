import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { memoryStreamStore } from "@levqor/core/http";
import { manualClock, scriptedReply } from "@levqor/core/testing";
import compression from "compression";
import type { RequestHandler } from "express";
import { describe, expect, it, vi } from "vitest";
import {
  endlessScript,
  expressVersions,
  pause,
  post,
  type Script,
  serve,
  untilSteady,
} from "./serve-router.test-support.js";
import { steeredGateway } from "./steered-gateway.test-support.js";

const id = "request-0001";
const body = '{"message":"What is a workflow?"}';
const streaming = { accept: "text/event-stream", "accept-encoding": "gzip", "x-request-id": id };
const identify = (request: { get(name: string): string | undefined }) => ({
  userId: request.get("x-user") ?? "u1",
  tenantId: "t1",
});
const streamOf = (base: string, name = id) => `${base}/api/ai/chat/${name}/stream`;
const resume = (base: string, after = 0, headers: Record<string, string> = {}) =>
  fetch(streamOf(base), { headers: { "last-event-id": `${after}`, "accept-encoding": "gzip", ...headers } });
const stop = (base: string) => fetch(streamOf(base), { method: "DELETE" });
const typesOf = (text: string) => [...text.matchAll(/"type":"([a-z-]+)"/g)].map((match) => match[1]);
/** Everything from after this event on. */
const restOf = (text: string, after: number) => text.slice(text.indexOf(`id: ${after + 1}\n`));

const counting: Script = async function* ({ call }) {
  for (let count = 0; count < 30; count++) yield { type: "text-delta", delta: `word ${count} ` };
  yield { type: "finish", reply: scriptedReply({ reply: "…" }, call) };
};

/** A reader that leaves when it is told to. */
async function openReader(base: string) {
  const url = `${base}/api/ai/chat`;
  const headers = { "content-type": "application/json", ...streaming, "accept-encoding": "identity" };
  const request = httpRequest(url, { method: "POST", headers }).end(body);
  request.on("error", () => {});
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.on("error", () => {});
  return { response, leave: () => request.destroy() };
}

/** Takes away `no-transform`, as an eager proxy may: now events are compressed and need flushing. */
const forcing: RequestHandler = (_request, response, next) => {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => (name === "cache-control" ? response : setHeader(name, value));
  next();
};
const compressing = compression({ threshold: 0 });

describe.each(expressVersions)("reading on, on %s", (version) => {
  it.each<[string, RequestHandler[]]>([
    ["no middleware", []],
    ["compression()", [compressing]],
    ["compression() that compresses", [forcing, compressing]],
  ])("gives exactly the missing events behind %s, whatever was the last one", async (_name, middleware) => {
    const { base } = await serve(version, {
      answer: counting,
      identify,
      before: (app) => void (middleware.length > 0 && app.use(middleware)),
    });
    const text = await (await post(`${base}/api/ai/chat`, body, streaming)).text();
    const count = text.split("\n\n").length - 1;
    expect(count).toBe(37);
    for (let after = 0; after < count; after++) {
      const response = await resume(base, after);
      expect(response.headers.get("content-encoding")).toBe(middleware.includes(forcing) ? "gzip" : null);
      expect(await response.text()).toBe(restOf(text, after));
    }
    const over = await resume(base, count);
    expect([over.status, await over.text()]).toEqual([204, ""]);
  });

  it("sends each event at once to 20 readers of a stream that runs", async () => {
    const { gateway, say, finish } = steeredGateway();
    const { base } = await serve(version, {
      gateway,
      identify,
      before: (app) => app.use(forcing, compressing),
    });
    say("one ");
    const live = await post(`${base}/api/ai/chat`, body, streaming);
    const readers = await Promise.all(Array.from({ length: 20 }, (_, index) => resume(base, index % 4)));
    const opened = readers.map((response) => response.body?.pipeThrough(new TextDecoderStream()).getReader());
    // The model waits for this test: what is read here has not waited for the end.
    for (const reader of opened) {
      let seen = "";
      while (!seen.includes('"delta":"one "')) seen += (await reader?.read())?.value ?? expect.unreachable();
    }
    say("two ");
    finish();
    const text = await live.text();
    for (const reader of opened) {
      let rest = "";
      for (let next = await reader?.read(); next?.done === false; next = await reader?.read())
        rest += next.value;
      expect(text.endsWith(rest)).toBe(true);
      expect(rest).toContain('"delta":"two "');
    }
  });

  it("is refused to others, for a wrong id, and after the store has forgotten", async () => {
    const streamStore = memoryStreamStore({ maxStreams: 1 });
    const { base } = await serve(version, { answer: counting, identify, streamStore });
    await (await post(`${base}/api/ai/chat`, body, streaming)).text();
    expect((await resume(base)).status).toBe(200);
    expect((await resume(base, 0, { "x-user": "u2" })).status).toBe(204);
    expect((await resume(base, 0, { "last-event-id": "latest" })).status).toBe(400);
    await (await post(`${base}/api/ai/chat`, body, { ...streaming, "x-request-id": "request-0002" })).text();
    expect((await resume(base)).status).toBe(204);
    const allow = async (path: string, method: string) =>
      (await fetch(`${base}/api/ai/${path}`, { method })).headers.get("allow");
    expect(await allow(`chat/${id}/stream`, "PUT")).toBe("GET, DELETE");
    expect(await allow("chat", "GET")).toBe("POST");
  });

  it("finds the latest stream of a useChat chat under the chat's id, whatever is in it", async () => {
    const { base } = await serve(version, { answer: counting, identify });
    const chatId = "a/b?c=ü %2F";
    const asked = JSON.stringify({ id: chatId, trigger: "submit-message", messages: [] });
    const text = await (await post(`${base}/api/ai/chat`, asked)).text();
    expect(await (await fetch(streamOf(base, encodeURIComponent(chatId)))).text()).toBe(text);
    expect((await fetch(streamOf(base, "a"))).status).toBe(204);
  });

  it("by one that does not read holds up neither the stream nor the memory", async () => {
    const { seen, answer } = endlessScript("x".repeat(16 * 1024));
    const streamStore = memoryStreamStore({ maxStreamBytes: 1_000_000 });
    const { base } = await serve(version, { answer, identify, streamStore });
    const live = await openReader(base);
    const idle = httpRequest(streamOf(base)).end();
    const [stalled] = (await once(idle, "response")) as [IncomingMessage];
    stalled.pause();
    let bytes = 0;
    for await (const chunk of live.response) {
      bytes += (chunk as Buffer).length;
      expect(streamStore.stats().bytes).toBeLessThanOrEqual(1_000_000);
      if (bytes > 20_000_000) break;
    }
    expect(seen.made).toBeGreaterThan(1_000);
    live.leave();
    idle.destroy();
    await vi.waitFor(() => expect(seen.signal?.aborted).toBe(true));
  });
});

describe.each(expressVersions)("a reader that leaves %s", (version) => {
  it("ends the model's work by default: charged for what was used, audited as aborted", async () => {
    const { gateway, say, seen, audited } = steeredGateway();
    const { base } = await serve(version, { gateway, identify });
    say("one ", "two ");
    const reader = await openReader(base);
    await once(reader.response, "data");
    reader.leave();
    await vi.waitFor(() => expect(audited()).toHaveLength(1));
    expect(seen).toMatchObject({ asked: 1, running: 0, aborted: 1 });
    expect(audited()[0]).toMatchObject({ request_id: id, outcome: "aborted", usage_source: "estimated" });
    expect(audited()[0]?.cost_usd).toBeGreaterThan(0);
    expect(await (await resume(base)).text()).toContain('"code":"aborted"');
  });

  it("lets it go on with `continue`: audited as ok, and there for whoever comes back", async () => {
    const { gateway, say, finish, seen, audited } = steeredGateway();
    const { base } = await serve(version, { gateway, identify, onDisconnect: "continue" });
    say("one ");
    const reader = await openReader(base);
    await once(reader.response, "data");
    reader.leave();
    await pause(20);
    say("two ");
    const resumed = (await resume(base, 4)).text();
    say("three ");
    finish();
    expect(typesOf(await resumed)).toEqual([
      ...["text-delta", "text-delta", "text-end"],
      ...["finish-step", "finish"],
    ]);
    expect(seen).toMatchObject({ asked: 1, running: 0, aborted: 0 });
    expect(audited()).toMatchObject([{ outcome: "ok", usage_source: "reported", output_tokens: 3 }]);
    expect(typesOf(await (await resume(base)).text()).filter((type) => type === "text-delta")).toHaveLength(
      3,
    );
  });

  it("only stops reading is waited for; once cut off, the stream runs on within the store's bound", async () => {
    const clock = manualClock();
    const streamStore = memoryStreamStore({ maxStreamBytes: 1_000_000, clock });
    const total = 400;
    let made = 0;
    const { base } = await serve(version, {
      ...{ identify, clock, streamStore, stallMs: 20_000, keepAliveMs: 60_000, onDisconnect: "continue" },
      async *answer({ call }) {
        for (; made < total; made++) yield { type: "text-delta", delta: "x".repeat(64 * 1024) };
        yield { type: "finish", reply: scriptedReply({ reply: "" }, call) };
      },
    });
    await openReader(base);
    await untilSteady(() => made);
    // The two sockets' own buffers take a few MB on loopback; all of it is 26 MB.
    expect(made).toBeLessThan(total / 2);
    expect(streamStore.stats().bytes).toBeLessThanOrEqual(1_000_000);
    await clock.advance(20_000);
    await vi.waitFor(() => expect(made).toBe(total));
    await vi.waitFor(() => expect(streamStore.stats()).toEqual({ streams: 0, bytes: 0 }));
    expect((await resume(base)).status).toBe(204);
  });

  it("before the first word finds it later with `continue`", async () => {
    const { gateway, say, finish, seen } = steeredGateway();
    const { base } = await serve(version, { gateway, identify, onDisconnect: "continue" });
    const headers = { "content-type": "application/json", ...streaming };
    const request = httpRequest(`${base}/api/ai/chat`, { method: "POST", headers }).end(body);
    request.on("error", () => {});
    await vi.waitFor(() => expect(seen.running).toBe(1));
    request.destroy();
    await pause(20);
    const resumed = (await resume(base)).text();
    say("Hello.");
    finish();
    expect(typesOf(await resumed).at(-1)).toBe("finish");
  });
});

describe.each(expressVersions)("a stop over HTTP on %s", (version) => {
  it("reaches the stream from another connection, while its reader is there", async () => {
    const { gateway, say, seen, audited } = steeredGateway();
    const { base } = await serve(version, { gateway, identify });
    say("one ");
    const live = await post(`${base}/api/ai/chat`, body, streaming);
    expect((await fetch(streamOf(base), { method: "DELETE", headers: { "x-user": "u2" } })).status).toBe(204);
    expect(seen.running).toBe(1);
    const stopped = await stop(base);
    expect([stopped.status, await stopped.text()]).toEqual([204, ""]);
    expect(await live.text()).toMatch(/"type":"abort",[^\n]+\n\nid: \d+\ndata: \[DONE\]\n\n$/);
    expect(seen).toMatchObject({ asked: 1, running: 0, aborted: 1 });
    await vi.waitFor(() => expect(audited()).toMatchObject([{ outcome: "aborted" }]));
    expect(audited()[0]?.cost_usd).toBeGreaterThan(0);
    expect((await stop(base)).status).toBe(204);
  });

  it("ends what runs on after its reader has left", async () => {
    const { gateway, say, seen, audited } = steeredGateway();
    const { base } = await serve(version, { gateway, identify, onDisconnect: "continue" });
    say("one ");
    const reader = await openReader(base);
    await once(reader.response, "data");
    reader.leave();
    await pause(20);
    expect(seen.running).toBe(1);
    await stop(base);
    await vi.waitFor(() => expect(audited()).toMatchObject([{ outcome: "aborted" }]));
    expect(typesOf(await (await resume(base)).text()).at(-1)).toBe("abort");
  });
});
