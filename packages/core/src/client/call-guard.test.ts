import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AiClient, createAiClient } from "./create-ai-client.js";
import type { StreamEvent } from "./stream-event.js";

const unavailable = "AI is unavailable, please try again.";
const event = (part: object) => `data: ${JSON.stringify(part)}\n\n`;
const delta = (text: string) => event({ type: "text-delta", id: "text-1", delta: text });
const ending = `${event({ type: "finish", messageMetadata: {} })}data: [DONE]\n\n`;

afterEach(() => void vi.useRealTimers());

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

const ask = (client: AiClient) => client.run("chat", { message: "What does it cost?" });
const listen = (client: AiClient) => client.stream("chat", { message: "What does it cost?" });

describe("silence", () => {
  const never = () => new Promise<never>(() => {});
  const silentBody = (first?: string) => {
    let controller: ReadableStreamDefaultController | undefined;
    const body = new ReadableStream({
      start(started) {
        controller = started;
        if (first !== undefined) started.enqueue(new TextEncoder().encode(first));
      },
    });
    const say = (text: string) => controller?.enqueue(new TextEncoder().encode(text));
    return { response: new Response(body, { headers: { "content-type": "text/event-stream" } }), say };
  };

  beforeEach(() => void vi.useFakeTimers());

  it.each([
    ["the headers function", { headers: never }],
    ["the reply's start", { fetch: never }],
    ["the first byte", { fetch: async () => silentBody().response }],
    ["the next byte", { fetch: async () => silentBody(delta("From ")).response }],
  ])("of 30 s is a timeout while waiting for %s", async (_name, options) => {
    const call = failureOf(collect(listen(createAiClient(options))));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await call).toMatchObject({ code: "timeout", message: unavailable, retryable: true });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is measured from byte to byte, and comments count", async () => {
    const { response, say } = silentBody();
    const call = collect(listen(createAiClient({ fetch: async () => response, timeoutMs: 1000 })));
    for (const text of [delta("From "), ": keep-alive\n\n", ": keep-alive\n\n", delta("£9")]) {
      await vi.advanceTimersByTimeAsync(900);
      say(text);
    }
    await vi.advanceTimersByTimeAsync(900);
    say(ending);
    expect((await call).at(-1)).toMatchObject({ type: "finish", reply: { reply: "From £9" } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("never ends a call with timeoutMs: Infinity", async () => {
    const { response, say } = silentBody();
    const call = collect(listen(createAiClient({ fetch: async () => response, timeoutMs: Infinity })));
    await vi.advanceTimersByTimeAsync(2 ** 31);
    expect(vi.getTimerCount()).toBe(0);
    say(ending);
    expect(await call).toHaveLength(1);
  });

  it("aborts the request", async () => {
    let signal: AbortSignal | null | undefined;
    const fetch = (_url: string, request: RequestInit) => {
      signal = request.signal;
      return never();
    };
    const call = failureOf(ask(createAiClient({ fetch, timeoutMs: 5 })));
    await vi.advanceTimersByTimeAsync(5);
    await call;
    expect(signal?.aborted).toBe(true);
  });
});
