import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { systemClock } from "@levqor/core";
import { manualClock, scriptedReply } from "@levqor/core/testing";
import compression from "compression";
import type { RequestHandler, Response } from "express";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { sendReply } from "./send-reply.js";
import {
  endlessScript,
  expressVersions,
  openStream,
  pause,
  post,
  serve,
  untilSteady,
} from "./serve-router.test-support.js";

const requestHead = (length: string) =>
  `POST /api/ai/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${length}\r\n\r\n`;

describe.each(expressVersions)("a body over the limit on %s", (version) => {
  it("of 10 MB is refused half way, and the connection closed", async () => {
    const { port } = await serve(version);
    const socket = connect(port, "127.0.0.1");
    socket.write(requestHead("Transfer-Encoding: chunked"));
    for (let sent = 0; sent < 160; sent++) socket.write(`10000\r\n${"x".repeat(0x10000)}\r\n`);
    socket.write("0\r\n\r\n");
    let text = "";
    for await (const part of socket) text += String(part);
    expect(text).toMatch(/^HTTP\/1\.1 413/);
    expect(text).toMatch(/connection: close/i);
    expect(text).toContain('"code":"payload_too_large"');
  });

  it.each([
    ["announced", "Content-Length: 3145728", (part: string) => part],
    [
      "in chunks",
      "Transfer-Encoding: chunked",
      (part: string) => `${part.length.toString(16)}\r\n${part}\r\n`,
    ],
  ])(
    "(%s) is answered at once and thrown away to its end, so that the answer can be read",
    async (_name, length, encode) => {
      const { port } = await serve(version, { clock: manualClock() });
      const socket = connect(port, "127.0.0.1");
      const events: string[] = [];
      for (const event of ["error", "end"]) socket.on(event, () => events.push(event));
      const megabyte = 1024 * 1024;
      socket.write(requestHead(length) + encode("x".repeat(megabyte)) + encode("x".repeat(10)));
      const [reply] = (await once(socket, "data")) as [Buffer];
      expect(String(reply)).toMatch(/^HTTP\/1\.1 413/);
      await pause(50);
      socket.write(encode("x".repeat(megabyte)));
      await pause(50);
      expect(events).toEqual([]);
      socket.write(encode("x".repeat(megabyte - 10)));
      socket.write("0\r\n\r\n");
      await once(socket, "end");
      expect(events).toEqual(["end"]);
    },
  );

  it("that never ends is cut off after a while", async () => {
    const clock = manualClock();
    const { port } = await serve(version, { clock });
    const socket = connect(port, "127.0.0.1");
    socket.write(`${requestHead("Content-Length: 99000000")}{`);
    const [reply] = (await once(socket, "data")) as [Buffer];
    expect(String(reply)).toMatch(/^HTTP\/1\.1 413/);
    const ended = once(socket, "end");
    await clock.advance(4_999);
    await pause(20);
    expect(socket.readyState).toBe("open");
    await clock.advance(1);
    await ended;
    expect(clock.pending).toBe(0);
  });
});

describe.each(expressVersions)("a stream on %s", (version) => {
  const compressing = compression({ threshold: 0 });
  /** Takes away `no-transform`, as a proxy or an eager middleware may: now events are compressed and need flushing. */
  const forcing: RequestHandler = (_request, response, next) => {
    const setHeader = response.setHeader.bind(response);
    response.setHeader = (name, value) => (name === "cache-control" ? response : setHeader(name, value));
    next();
  };

  it.each([
    ["no middleware", []],
    ["compression()", [compressing]],
    ["compression() that compresses", [forcing, compressing]],
  ])("sends each event at once behind %s", async (_name, middleware) => {
    let goOn = () => {};
    const { base } = await serve(version, {
      before: (app) => void (middleware.length > 0 && app.use(middleware)),
      async *answer({ call }) {
        yield { type: "text-delta", delta: "first" };
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        yield { type: "finish", reply: scriptedReply({ reply: "first" }, call) };
      },
    });
    const headers = { accept: "text/event-stream", "accept-encoding": "gzip" };
    const response = await post(`${base}/api/ai/chat`, undefined, headers);
    expect(response.headers.get("x-vercel-ai-ui-message-stream")).toBe("v1");
    expect(response.headers.get("content-encoding")).toBe(middleware.includes(forcing) ? "gzip" : null);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    // The script waits for this test: what is read now has not waited for the end.
    expect((await reader?.read())?.value).toContain('"delta":"first"');
    goOn();
    expect((await reader?.read())?.value).toMatch(/"finish".*\n\nid: \d+\ndata: \[DONE\]\n\n$/);
    expect((await reader?.read())?.done).toBe(true);
  });

  it("is as fast as its reader, and complete", async () => {
    const total = 400;
    const delta = "x".repeat(64 * 1024);
    let made = 0;
    const { base } = await serve(version, {
      async *answer({ call }) {
        for (; made < total; made++) yield { type: "text-delta", delta };
        yield { type: "finish", reply: scriptedReply({ reply: "" }, call) };
      },
    });
    const response = await openStream(base).response;
    await untilSteady(() => made);
    // The two sockets' own buffers take a few MB on loopback; all of it is 26 MB.
    expect(made).toBeLessThan(total / 2);
    let bytes = 0;
    for await (const chunk of response) bytes += (chunk as Buffer).length;
    expect(made).toBe(total);
    expect(bytes).toBeGreaterThan(total * delta.length);
  });

  it("is cut off when its reader does not read for too long", async () => {
    const clock = manualClock();
    const { seen, answer } = endlessScript("x".repeat(64 * 1024));
    const { base } = await serve(version, { clock, answer, stallMs: 20_000, keepAliveMs: 60_000 });
    await openStream(base).response;
    await untilSteady(() => seen.made);
    await clock.advance(19_999);
    expect(seen.signal?.aborted).toBe(false);
    await clock.advance(1);
    await vi.waitFor(() => expect(seen.signal?.aborted).toBe(true));
    expect(clock.pending).toBe(0);
  });

  it("ends with an error, on the same reply, when its task fails on the way", async () => {
    const { base } = await serve(version, {
      async *answer() {
        yield { type: "text-delta", delta: "a" };
        throw new TypeError("sk-secret");
      },
    });
    const response = await post(`${base}/api/ai/chat`, undefined, { accept: "text/event-stream" });
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).toMatch(/"type":"error".*\n\nid: \d+\ndata: \[DONE\]\n\n$/);
    expect(text).not.toContain("sk-secret");
    expect((await fetch(`${base}/health`)).status).toBe(200);
  });
});

it("a body that breaks cuts the connection: the client sees no clean end", async () => {
  async function* broken() {
    yield "data: 1\n\n";
    await pause(20);
    throw new Error("a defect");
  }
  const server = createServer((_request, response) => {
    const reply = { status: 200, headers: {}, body: broken() };
    void sendReply(response as Response, reply, { clock: systemClock, stallMs: 1000 });
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await expect(response.text()).rejects.toThrow();
});
