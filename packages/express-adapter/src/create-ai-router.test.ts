import { once } from "node:events";
import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { GatewayError, isGatewayError } from "@levqor/core";
import { scriptedGateway } from "@levqor/core/testing";
import type { ErrorRequestHandler } from "express";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type AiRouterOptions, createAiRouter } from "./index.js";
import {
  expressVersions,
  failing,
  hello,
  openStream,
  pause,
  post,
  type Script,
  serve,
} from "./serve-router.test-support.js";

describe.each(expressVersions)("a refusal on %s", (version) => {
  it.each([undefined, "development", "production"])(
    "is the same with NODE_ENV %s, and holds no stack",
    async (mode) => {
      vi.stubEnv("NODE_ENV", mode);
      onTestFinished(() => void vi.unstubAllEnvs());
      const cause = new TypeError("at /srv/app.ts:1 sk-secret");
      const answer = failing(new GatewayError("internal", "details", { cause }));
      const { base } = await serve(version, { answer });
      const responses = [
        await post(`${base}/api/ai/chat`),
        await post(`${base}/api/ai/nope`),
        await post(`${base}/api/ai/chat`, '{"message": "CANARY'),
        await post(`${base}/api/ai/chat`, "hello", { "content-type": "text/plain" }),
        await fetch(`${base}/api/ai/chat`),
      ];
      const bodies = (await Promise.all(responses.map((response) => response.json()))) as object[];
      expect(responses.map(({ status }) => status)).toEqual([500, 404, 400, 415, 405]);
      expect(responses[4]?.headers.get("allow")).toBe("POST");
      expect(bodies.map((body) => Object.keys(body))).toEqual(
        Array(5).fill(["success", "error", "code", "request_id"]),
      );
      expect(bodies[0]).toMatchObject({ error: "Temporary issue. Please try again.", code: "internal" });
      expect(JSON.stringify(bodies)).not.toMatch(/\bat |node_modules|TypeError|sk-secret|CANARY/);
    },
  );

  it("leaves the connection usable, with the refused body still on it", async () => {
    const { base } = await serve(version);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const send = async (path: string, body: string) => {
      const headers = { "content-type": "application/json" };
      const request = httpRequest(`${base}${path}`, { method: "POST", agent, headers }).end(body);
      const [response] = (await once(request, "response")) as [IncomingMessage];
      response.resume();
      await once(response, "end");
      return { status: response.statusCode, port: request.socket?.localPort };
    };
    const first = await send("/api/ai/nope", JSON.stringify({ message: "x".repeat(300_000) }));
    const second = await send("/api/ai/chat", "{");
    const third = await send("/api/ai/chat", '{"message":"Hi"}');
    expect([first.status, second.status, third.status]).toEqual([404, 400, 200]);
    expect(new Set([first.port, second.port, third.port]).size).toBe(1);
  });

  it("does not disturb a request that was sent right behind", async () => {
    const { port } = await serve(version);
    const message = (path: string, body: string, last = "") =>
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${last}Content-Length: ${body.length}\r\n\r\n${body}`;
    const socket = connect(port, "127.0.0.1");
    socket.write(message("/api/ai/nope", '{"a":1}') + message("/api/ai/chat", "{}", "Connection: close\r\n"));
    let text = "";
    for await (const chunk of socket) text += String(chunk);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 404", "HTTP/1.1 200"]);
  });
});

describe.each(expressVersions)("a client that leaves %s", (version) => {
  /** Says `a` some times, then waits to be told to stop. */
  function waitingScript(events: number) {
    const seen: { signal?: AbortSignal | undefined; stopped?: true } = {};
    const answer: Script = async function* ({ call }) {
      seen.signal = call.signal;
      for (let event = 0; event < events; event++) yield { type: "text-delta", delta: "a" };
      await new Promise((_resolve, reject) => {
        call.signal?.addEventListener("abort", () => {
          seen.stopped = true;
          reject(new GatewayError("aborted", "gone"));
        });
      });
    };
    return { seen, answer };
  }

  it.each([
    ["before a plain answer", "application/json", 0],
    ["before the first event", "text/event-stream", 0],
    ["in the middle of a stream", "text/event-stream", 2],
  ])("%s aborts the call", async (_moment, accept, events) => {
    const { seen, answer } = waitingScript(events);
    const { base } = await serve(version, { answer });
    const { request, response } = openStream(base, accept);
    if (events > 0) await once((await response).resume(), "data");
    else await vi.waitFor(() => expect(seen.signal).toBeDefined());
    expect(seen.signal?.aborted).toBe(false);
    request.destroy();
    await vi.waitFor(() => expect(seen.stopped).toBe(true));
    expect((await fetch(`${base}/health`)).status).toBe(200);
  });

  it("after everything was sent aborts nothing", async () => {
    let signal: AbortSignal | undefined;
    const { base, server } = await serve(version, {
      answer: (call) => {
        signal = call.call.signal;
        return hello(call);
      },
    });
    await (await post(`${base}/api/ai/chat`)).text();
    server.closeAllConnections();
    await pause(20);
    expect(signal?.aborted).toBe(false);
  });

  it("while sending its body runs nothing and logs nothing", async () => {
    let runs = 0;
    const logged: unknown[] = [];
    const gateway = scriptedGateway({
      logger: { info() {}, warn() {}, error: (fields) => logged.push(fields) },
      answer: (call) => {
        runs++;
        return hello(call);
      },
    });
    const { port, base } = await serve(version, { gateway });
    const headers = "Host: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n";
    const socket = connect(port, "127.0.0.1");
    socket.write(`POST /api/ai/chat HTTP/1.1\r\n${headers}{"message":`);
    await pause(20);
    socket.destroy();
    await pause(20);
    expect((await fetch(`${base}/health`)).status).toBe(200);
    expect([runs, logged]).toEqual([0, []]);
  });
});

describe.each(expressVersions)("createAiRouter on %s", (version) => {
  it("describes its endpoints where it is mounted", async () => {
    const { base } = await serve(version, { openApi: { title: "Acme" } });
    const document = await fetch(`${base}/api/ai/openapi.json`);
    expect([document.status, document.headers.get("content-type")]).toEqual([
      200,
      "application/json; charset=utf-8",
    ]);
    expect(await document.json()).toMatchObject({ openapi: "3.1.0", paths: { "/chat": { post: {} } } });
  });

  it.each(["application/json", "text/event-stream"])(
    "leaves alone what was already answered (%s)",
    async (accept) => {
      let signal: AbortSignal | undefined;
      let sendTimeout = () => {};
      const errors: unknown[] = [];
      const noteError: ErrorRequestHandler = (error, _request, _response, _next) => void errors.push(error);
      const { base } = await serve(version, {
        before: (app) =>
          app.use((_request, response, next) => {
            sendTimeout = () => void response.status(503).send("timeout");
            next();
          }),
        after: (app) => app.use(noteError),
        async *answer({ call }) {
          signal = call.signal;
          sendTimeout();
          yield { type: "text-delta", delta: "a" };
          yield* hello({ task: "chat", input: {}, call });
        },
      });
      const response = await post(`${base}/api/ai/chat`, undefined, { accept });
      expect([response.status, await response.text()]).toEqual([503, "timeout"]);
      await pause(20);
      expect(signal?.aborted).toBe(accept === "text/event-stream");
      expect(errors).toEqual([]);
    },
  );
});

it("wants to know how callers are identified", () => {
  try {
    createAiRouter(scriptedGateway({ answer: hello }), {} as AiRouterOptions);
    expect.unreachable();
  } catch (error) {
    expect(isGatewayError(error, "invalid_config")).toBe(true);
    expect(String(error)).toContain("identify: give a check of credentials");
  }
});

it.each([
  [{ stallMs: 0 }, "stallMs: must be a number more than 0"],
  [{ stallMs: Number.NaN }, "stallMs: must be a number more than 0"],
  [{ trustProxy: 1 }, "trustProxy: there is no such option"],
])("F48: refuses %o at the start", (options, problem) => {
  const gateway = scriptedGateway({ answer: hello });
  const wrong = { identify: () => undefined, ...options } as AiRouterOptions;
  expect(() => createAiRouter(gateway, wrong)).toThrow(problem);
});
