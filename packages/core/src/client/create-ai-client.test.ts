import { getEventListeners } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClientError, isClientError } from "./client-error.js";
import { type AiClient, createAiClient } from "./create-ai-client.js";
import type { StreamEvent } from "./stream-event.js";

const unavailable = "AI is unavailable, please try again.";
const metadata = { request_id: "request-1", source: "local", cost_usd: 0, duration_ms: 1 };
const chatReply = { success: true, reply: "From £9 a month.", metadata };
const event = (part: object) => `data: ${JSON.stringify(part)}\n\n`;
const delta = (text: string) => event({ type: "text-delta", id: "text-1", delta: text });
const ending = `${event({ type: "finish", messageMetadata: metadata })}data: [DONE]\n\n`;

const server = createServer();
let baseUrl = "";
const answerWith = (listener: RequestListener) =>
  server.removeAllListeners("request").on("request", listener);

beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/ai`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return JSON.parse(text);
}

function sendJson(response: ServerResponse, body: unknown) {
  response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}

const openStream = (response: ServerResponse) =>
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });

async function collect(events: AsyncIterable<StreamEvent<object>>) {
  const collected: StreamEvent<object>[] = [];
  for await (const each of events) collected.push(each);
  return collected;
}

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable("The call did not fail."),
    (error: unknown) => error,
  );

/** Waits for a promise that only the server can settle. */
function deferred<Value = void>() {
  let resolve = (_value: Value) => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

const ask = (client: AiClient, signal?: AbortSignal) =>
  client.run("chat", { message: "What does it cost?" }, { signal });
const listen = (client: AiClient, signal?: AbortSignal) =>
  client.stream("chat", { message: "What does it cost?" }, { signal });

describe("a request", () => {
  it("is a JSON post to the task, and its reply comes back whole", async () => {
    const seen = deferred<object>();
    answerWith(async (request, response) => {
      const { method, url, headers } = request;
      seen.resolve({ method, url, headers, body: await bodyOf(request) });
      sendJson(response, chatReply);
    });
    expect(await ask(createAiClient({ baseUrl: `${baseUrl}/` }))).toEqual(chatReply);
    expect(await seen.promise).toMatchObject({
      method: "POST",
      url: "/api/ai/chat",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: { message: "What does it cost?" },
    });
  });

  it("asks for events when it streams, and starts with the loop", async () => {
    const paths: (string | undefined)[] = [];
    answerWith((request, response) => {
      paths.push(`${request.url} ${request.headers.accept}`);
      openStream(response).end(delta("From £9") + ending);
    });
    const events = createAiClient({ baseUrl }).stream("my/task", {});
    expect(paths).toEqual([]);
    expect(await collect(events)).toMatchObject([
      { type: "text-delta", delta: "From £9" },
      { type: "finish", reply: { success: true, reply: "From £9", metadata } },
    ]);
    expect(paths).toEqual(["/api/ai/my%2Ftask text/event-stream"]);
  });

  it("carries the given headers, and asks a function anew each time", async () => {
    const seen: unknown[] = [];
    answerWith((request, response) => {
      seen.push([request.headers.authorization, request.headers["content-type"]]);
      sendJson(response, chatReply);
    });
    await ask(
      createAiClient({ baseUrl, headers: { Authorization: "Bearer 0", "Content-Type": "text/plain" } }),
    );
    let count = 0;
    const client = createAiClient({ baseUrl, headers: async () => ({ authorization: `Bearer ${++count}` }) });
    await ask(client);
    await ask(client);
    expect(seen).toEqual([0, 1, 2].map((token) => [`Bearer ${token}`, "application/json"]));
  });

  it("goes through the given fetch with the given credentials", async () => {
    const fetch = vi.fn(async (_url: string, _request: RequestInit) => Response.json(chatReply));
    await ask(createAiClient({ fetch, credentials: "include" }));
    expect(fetch).toHaveBeenCalledWith("/api/ai/chat", expect.objectContaining({ credentials: "include" }));
  });

  it("works with a fetch whose reply has no body to stream from", async () => {
    const fetch = async () => Object.defineProperty(Response.json(chatReply), "body", { value: undefined });
    expect(await ask(createAiClient({ fetch }))).toEqual(chatReply);
  });
});

describe("a JSON or HTML reply to a stream request", () => {
  it("is understood as a reply when a proxy turned a stream into JSON", async () => {
    answerWith((_request, response) => sendJson(response, chatReply));
    expect(await collect(listen(createAiClient({ baseUrl })))).toEqual([
      { type: "finish", reply: chatReply },
    ]);
  });

  it("is not taken from a page of HTML", async () => {
    answerWith((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title>");
    });
    const failure = await failureOf(collect(listen(createAiClient({ baseUrl }))));
    expect(failure).toMatchObject({ code: "malformed_reply", message: unavailable });
  });
});

describe("a broken connection", () => {
  it("is a network failure before the reply", async () => {
    answerWith((request) => request.socket.destroy());
    const client = createAiClient({ baseUrl });
    for (const failure of [await failureOf(ask(client)), await failureOf(collect(listen(client)))]) {
      expect(failure).toMatchObject({ code: "network", message: unavailable, retryable: true });
      expect(failure).toHaveProperty("cause", expect.any(TypeError));
    }
  });

  it("is a network failure when nobody listens", async () => {
    const client = createAiClient({ baseUrl: "http://127.0.0.1:1/api/ai" });
    expect(await failureOf(ask(client))).toMatchObject({ code: "network" });
  });

  it.each([
    ["ends", (response: ServerResponse) => response.end()],
    ["breaks", (response: ServerResponse) => response.destroy()],
  ])("is a cut stream when it %s after some text", async (_name, cut) => {
    answerWith((_request, response) => openStream(response).write(delta("From "), () => cut(response)));
    const events: StreamEvent<object>[] = [];
    const failure = await failureOf(
      (async () => {
        for await (const each of listen(createAiClient({ baseUrl }))) events.push(each);
      })(),
    );
    expect(events).toEqual([{ type: "text-delta", delta: "From " }]);
    expect(failure).toMatchObject({ code: "stream_cut", message: unavailable });
  });

  it("is blamed on the headers when they can't be made", async () => {
    const cause = new Error("signed out");
    const failing = () => Promise.reject(cause);
    const failure = await failureOf(ask(createAiClient({ baseUrl, headers: failing })));
    expect(failure).toMatchObject({ code: "headers_failed", message: unavailable, cause });
  });
});

describe("stopping", () => {
  it("before the start sends nothing", async () => {
    const fetch = vi.fn(async () => Response.json(chatReply));
    const reason = new Error("left the page");
    const failure = await failureOf(ask(createAiClient({ fetch }), AbortSignal.abort(reason)));
    expect(failure).toMatchObject({ code: "aborted", cause: reason });
    expect(fetch).not.toHaveBeenCalled();
  });

  it("mid-stream fails with aborted and disconnects", async () => {
    const disconnected = deferred();
    answerWith((_request, response) => {
      response.on("close", () => disconnected.resolve());
      openStream(response).write(delta("From "));
    });
    const controller = new AbortController();
    const failure = await failureOf(
      (async () => {
        for await (const _ of listen(createAiClient({ baseUrl }), controller.signal)) controller.abort();
      })(),
    );
    expect(failure).toMatchObject({ code: "aborted" });
    expect(failure).not.toHaveProperty("message", unavailable);
    await disconnected.promise;
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("works although a fetch ignores its signal", async () => {
    const controller = new AbortController();
    const call = failureOf(ask(createAiClient({ fetch: () => new Promise(() => {}) }), controller.signal));
    controller.abort();
    expect(await call).toMatchObject({ code: "aborted" });
  });

  it("is leaving the loop: the server sees a disconnect", async () => {
    const disconnected = deferred();
    answerWith((_request, response) => {
      response.on("close", () => disconnected.resolve());
      openStream(response).write(delta("From "));
    });
    for await (const _ of listen(createAiClient({ baseUrl }))) break;
    await disconnected.promise;
  });

  it("does not happen at finish: the server gets to end its reply", async () => {
    const closed = deferred<boolean>();
    const finishSeen = deferred();
    answerWith(async (_request, response) => {
      response.on("close", () => closed.resolve(response.writableFinished));
      openStream(response).write(ending.replace("data: [DONE]\n\n", ""));
      await finishSeen.promise;
      response.end("data: [DONE]\n\n");
    });
    for await (const each of listen(createAiClient({ baseUrl }))) {
      if (each.type === "finish") finishSeen.resolve();
    }
    expect(await closed.promise).toBe(true);
  });

  it("leaves no listener on the caller's signal after a success", async () => {
    answerWith((_request, response) => sendJson(response, chatReply));
    const { signal } = new AbortController();
    await ask(createAiClient({ baseUrl }), signal);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

it("tells client errors from others", () => {
  expect(isClientError(createClientError({ code: "network" }))).toBe(true);
  expect(isClientError(new Error("x"))).toBe(false);
  expect(isClientError({ name: "ClientError" })).toBe(false);
});
