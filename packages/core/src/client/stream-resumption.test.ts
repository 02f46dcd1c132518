import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AiClientOptions, createAiClient } from "./create-ai-client.js";
import type { StreamEvent } from "./stream-event.js";

const metadata = { request_id: "request-1", source: "model" };
const parts = [
  { type: "start", messageMetadata: { request_id: "request-1" } },
  { type: "start-step" },
  { type: "text-start", id: "text-1" },
  { type: "text-delta", id: "text-1", delta: "From " },
  { type: "text-delta", id: "text-1", delta: "£9 " },
  { type: "text-delta", id: "text-1", delta: "a month." },
  { type: "finish", messageMetadata: metadata },
];
const numbered = [...parts.map((part) => JSON.stringify(part)), "[DONE]"].map(
  (data, index) => `id: ${index + 1}\ndata: ${data}\n\n`,
);
const whole = { success: true, reply: "From £9 a month.", metadata };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface SeenRequest {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: Headers;
}

/** A reply that says `text` and then breaks, ends, or stays silent. */
function events(text: string, then: "breaks" | "ends" | "is silent" = "ends"): Response {
  const body = new ReadableStream({
    start(controller) {
      if (text !== "") controller.enqueue(new TextEncoder().encode(text));
      if (then === "ends") controller.close();
    },
    pull(controller) {
      if (then === "breaks") controller.error(new TypeError("terminated"));
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

/** A client whose requests are answered one after the other; stops are answered apart. */
function clientOf(answers: readonly (() => Response | Promise<Response>)[], options: AiClientOptions = {}) {
  const requests: SeenRequest[] = [];
  const left = [...answers];
  const fetch = async (url: string, { method, headers }: RequestInit): Promise<Response> => {
    requests.push({ method, url, headers: new Headers(headers) });
    if (method === "DELETE") return new Response(null, { status: 204 });
    const answer = left.shift();
    if (!answer) throw new Error("There was one request too many.");
    return answer();
  };
  return { client: createAiClient({ ...options, fetch }), requests };
}

/** Reads a stream to its end while time goes on. */
async function read(stream: AsyncIterable<StreamEvent<object>>) {
  let text = "";
  let reply: unknown;
  const reading = (async () => {
    for await (const event of stream) {
      if (event.type === "text-delta") text += event.delta;
      if (event.type === "finish") reply = event.reply;
    }
  })().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(20_000);
  return { text, reply, error: await reading };
}

const question = { message: "What does it cost?" };
const broken = () => Promise.reject(new TypeError("fetch failed"));
const unwell = () => new Response("", { status: 503 });
const gone = () => new Response(null, { status: 204 });

describe("a connection that breaks", () => {
  const cuts = numbered.flatMap((_, count) => [
    [count, "" as string] as const,
    [count, numbered[count]?.slice(0, -3) ?? ""] as const,
  ]);

  it.each(cuts)("after event %i and %j loses nothing and doubles nothing", async (count, half) => {
    const { client, requests } = clientOf([
      () => events(numbered.slice(0, count).join("") + half, "breaks"),
      () => events(numbered.slice(count).join("")),
    ]);
    const { text, reply, error } = await read(client.stream("chat", question));
    if (count === 0) {
      // Nothing says that the server has begun a stream.
      expect(error).toMatchObject({ code: "stream_cut" });
      expect(requests).toHaveLength(1);
      return;
    }
    expect({ text, reply, error }).toEqual({ text: whole.reply, reply: whole, error: undefined });
    // After the finish there is nothing left to ask for.
    if (count === numbered.length - 1) return expect(requests).toHaveLength(1);
    const id = requests[0]?.headers.get("x-request-id");
    expect(requests[1]).toMatchObject({ method: "GET", url: `/api/ai/chat/${id}/stream` });
    expect(requests[1]?.headers.get("last-event-id")).toBe(String(count));
  });

  it("or ends without an end goes on too, more than once, and counts its tries from each event on", async () => {
    const one = (index: number) => () => events(numbered[index] ?? "");
    const { client, requests } = clientOf([
      one(0),
      ...[1, 2, 3, 4, 5, 6, 7].flatMap((index) => [broken, unwell, one(index)]),
    ]);
    expect(await read(client.stream("chat", question))).toMatchObject({ reply: whole, error: undefined });
    // The reply is whole with the last but one.
    expect(requests).toHaveLength(1 + 6 * 3);
  });

  it("is not doubled by a server that begins from the start", async () => {
    const { client } = clientOf([
      () => events(numbered.slice(0, 4).join(""), "breaks"),
      () => events(numbered.join("")),
    ]);
    expect(await read(client.stream("chat", question))).toMatchObject({ text: whole.reply, reply: whole });
  });

  it("fails when the server has lost events in between", async () => {
    const { client } = clientOf([
      () => events(numbered.slice(0, 4).join(""), "breaks"),
      () => events(numbered.slice(5).join("")),
    ]);
    expect(await read(client.stream("chat", question))).toMatchObject({
      text: "From ",
      reply: undefined,
      error: { code: "stream_cut" },
    });
  });

  it.each([
    ["has it no longer", [gone], 1],
    ["does not know such addresses", [() => new Response("", { status: 404 })], 1],
    ["can't be reached", [broken, broken, broken], 3],
    ["is unwell", [unwell, () => new Response("", { status: 429 }), unwell], 3],
    ["says nothing new", [() => events(""), () => events(""), () => events("")], 3],
  ])("is a cut stream when the server %s", async (_name, answers, tries) => {
    const { client, requests } = clientOf([
      () => events(numbered.slice(0, 4).join(""), "breaks"),
      ...answers,
    ]);
    expect(await read(client.stream("chat", question))).toMatchObject({
      text: "From ",
      error: { code: "stream_cut", message: "AI is unavailable, please try again." },
    });
    expect(requests.map(({ method }) => method)).toEqual(["POST", ...Array(tries).fill("GET")]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is tried as often as wanted, later and later", async () => {
    const times: number[] = [];
    const failing = () => {
      times.push(Date.now());
      return broken();
    };
    const begin = Date.now();
    const { client } = clientOf([() => events(numbered[0] ?? ""), failing, failing, failing, failing], {
      reconnect: 4,
    });
    await read(client.stream("chat", question));
    expect(times).toHaveLength(4);
    let before = begin;
    times.forEach((time, index) => {
      expect(time - before).toBeGreaterThanOrEqual(250 * 2 ** index - 1);
      expect(time - before).toBeLessThanOrEqual(500 * 2 ** index + 1);
      before = time;
    });
  });

  it("is not tried with reconnect: 0, nor without event ids, nor after an error of the server", async () => {
    const cutShort = numbered.slice(0, 4).join("");
    const failed = `${cutShort}id: 5\ndata: {"type":"error","errorText":"x"}\n\n`;
    for (const [text, options] of [
      [cutShort, { reconnect: 0 }],
      [cutShort.replace(/^id:.*$/gm, ""), {}],
      [failed, {}],
      [`${cutShort}data: {cut\n\n`, {}],
      [`${cutShort}data: [DONE]\n\n`, {}],
    ] as const) {
      const { client, requests } = clientOf([() => events(text, "breaks")], options);
      expect(await read(client.stream("chat", question))).toHaveProperty("error.code");
      expect(requests, text).toHaveLength(1);
    }
  });

  it("is not tried any more once the caller aborts", async () => {
    const { client, requests } = clientOf([() => events(numbered.slice(0, 4).join(""), "breaks")]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    expect(await read(client.stream("chat", question, { signal: controller.signal }))).toMatchObject({
      error: { code: "aborted" },
    });
    expect(requests.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a stop", () => {
  const silent = () => events(numbered.slice(0, 4).join(""), "is silent");
  const methodsOf = (requests: readonly SeenRequest[]) => requests.map(({ method }) => method);

  it.each([
    ["the signal", "abort"],
    ["leaving the loop", "break"],
  ])("by %s is told to the server", async (_name, how) => {
    const { client, requests } = clientOf([silent], { headers: { authorization: "Bearer 1" } });
    const controller = new AbortController();
    const reading = (async () => {
      for await (const _ of client.stream("chat", question, { signal: controller.signal })) {
        if (how === "break") break;
        controller.abort();
      }
    })().catch(() => {});
    await vi.advanceTimersByTimeAsync(0);
    await reading;
    const [post, stop] = requests;
    expect(stop).toMatchObject({
      method: "DELETE",
      url: `/api/ai/chat/${post?.headers.get("x-request-id")}/stream`,
    });
    expect(stop?.headers.get("authorization")).toBe("Bearer 1");
  });

  it("before the first word is told to the server too, but not one before the call", async () => {
    const { client, requests } = clientOf([() => new Promise<Response>(() => {})]);
    await read(client.stream("chat", question, { signal: AbortSignal.abort() }));
    expect(requests).toEqual([]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    await read(client.stream("chat", question, { signal: controller.signal }));
    expect(methodsOf(requests)).toEqual(["POST", "DELETE"]);
  });

  it("of a call that asks for no stream is an end of the connection only", async () => {
    const { client, requests } = clientOf([() => new Promise<Response>(() => {})]);
    const controller = new AbortController();
    const call = client.run("chat", question, { signal: controller.signal }).catch(() => {});
    await vi.advanceTimersByTimeAsync(0);
    controller.abort();
    await call;
    await vi.advanceTimersByTimeAsync(0);
    expect(methodsOf(requests)).toEqual(["POST"]);
  });

  it("is not told when the reply is whole, or when the page only leaves", async () => {
    const finished = clientOf([() => events(numbered.slice(0, 7).join(""), "is silent")]);
    for await (const { type } of finished.client.stream("chat", question)) if (type === "finish") break;
    const leaving = clientOf([silent]);
    const controller = new AbortController();
    const reading = read(leaving.client.stream("chat", question, { leaveSignal: controller.signal }));
    await vi.advanceTimersByTimeAsync(1);
    controller.abort();
    expect(await reading).toMatchObject({ text: "From ", error: { code: "aborted" } });
    expect(methodsOf(finished.requests)).toEqual(["POST"]);
    expect(methodsOf(leaving.requests)).toEqual(["POST"]);
  });

  it("that can't be told harms nobody", async () => {
    const fetch = (_url: string, { method }: RequestInit) => (method === "DELETE" ? broken() : silent());
    const client = createAiClient({ fetch: async (url, request) => fetch(url, request) });
    for await (const _ of client.stream("chat", question)) break;
    await vi.advanceTimersByTimeAsync(0);
    await expect(client.stop("chat", "request-1")).rejects.toMatchObject({ code: "network" });
  });

  it("by id asks the server, and says what it answers", async () => {
    const { client, requests } = clientOf([]);
    await client.stop("semantic_search", "a/b");
    expect(requests[0]).toMatchObject({ method: "DELETE", url: "/api/ai/search/a%2Fb/stream" });
    const refused = { success: false, code: "unauthenticated", error: "Sign in.", retryable: false };
    const other = createAiClient({ fetch: async () => Response.json(refused, { status: 401 }) });
    await expect(other.stop("chat", "request-1")).rejects.toMatchObject({
      code: "unauthenticated",
      status: 401,
    });
  });
});

describe("resume", () => {
  it("reads a stream from its first event on, and connects again when it breaks", async () => {
    const { client, requests } = clientOf([
      () => events(numbered.slice(0, 5).join(""), "breaks"),
      () => events(numbered.slice(5).join("")),
    ]);
    const stream = await client.resume("chat", "request-1");
    expect(requests[0]).toMatchObject({ method: "GET", url: "/api/ai/chat/request-1/stream" });
    expect(requests[0]?.headers.has("last-event-id")).toBe(false);
    expect(await read(stream ?? expect.unreachable())).toMatchObject({ text: whole.reply, reply: whole });
    expect(requests[1]?.headers.get("last-event-id")).toBe("5");
  });

  it("gives nothing when the server has nothing", async () => {
    const { client } = clientOf([gone]);
    expect(await client.resume("chat", "request-1")).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("fails as any call does", async () => {
    const { client } = clientOf([broken]);
    await expect(client.resume("chat", "request-1")).rejects.toMatchObject({ code: "network" });
    const refusing = clientOf([() => Response.json({ success: false, code: "forbidden" }, { status: 403 })]);
    const stream = await refusing.client.resume("chat", "request-1");
    expect(await read(stream ?? expect.unreachable())).toMatchObject({ error: { code: "forbidden" } });
  });

  it("stops at the server when it is aborted, also while it connects", async () => {
    const controller = new AbortController();
    const { client, requests } = clientOf([() => new Promise<Response>(() => {})]);
    const resuming = client.resume("chat", "request-1", { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(0);
    controller.abort();
    await expect(resuming).rejects.toMatchObject({ code: "aborted" });
    await vi.advanceTimersByTimeAsync(0);
    expect(requests.map(({ method }) => method)).toEqual(["GET", "DELETE"]);
  });
});

describe("a request", () => {
  it("has an id of its own, or the given one, and the wish to restart only if there is one", async () => {
    const reply = () => Response.json(whole);
    const { client, requests } = clientOf([reply, reply, reply]);
    await client.run("chat", question);
    await read(client.stream("chat", question));
    await client.run("chat", question, { requestId: "my-request" });
    const ids = requests.map(({ headers }) => headers.get("x-request-id"));
    expect(ids[0]).toMatch(/^[\da-f-]{36}$/);
    expect(new Set(ids).size).toBe(3);
    expect(ids[2]).toBe("my-request");
    expect(requests.some(({ headers }) => headers.has("x-ai-on-break"))).toBe(false);
    const restarting = clientOf([reply], { onBreak: "restart" });
    await read(restarting.client.stream("chat", question));
    expect(restarting.requests[0]?.headers.get("x-ai-on-break")).toBe("restart");
  });
});
