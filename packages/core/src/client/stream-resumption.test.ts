import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAiClient } from "./create-ai-client.js";
import {
  broken,
  clientOf,
  events,
  gone,
  numbered,
  question,
  read,
  type SeenRequest,
  whole,
} from "./scripted-stream.test-support.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

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
