import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.js";
import type { Logger } from "../logger.js";
import { manualClock } from "../testing/manual-clock.js";
import { type GatewayScript, scriptedGateway, scriptedReply } from "../testing/scripted-gateway.js";
import { createHttpHandler } from "./create-http-handler.js";
import type { HttpReply } from "./exchange.js";

type Chunk = Readonly<Record<string, unknown>> & { readonly type: string };

function setUp(answer: GatewayScript["answer"]) {
  const clock = manualClock();
  const logged: unknown[] = [];
  const logger: Logger = { info() {}, warn() {}, error: (fields) => logged.push(fields) };
  const handle = createHttpHandler(scriptedGateway({ answer, logger }), { clock, keepAliveMs: 1000 });
  const abort = new AbortController();
  const open = (path = "/chat") =>
    handle({
      method: "POST",
      path,
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        "x-request-id": "request-1",
      },
      body: { kind: "parsed", value: { message: "Hi" } },
      signal: abort.signal,
      identify: () => undefined,
    });
  return { open, clock, logged, abort };
}

const partsOf = ({ body }: HttpReply) => {
  if (typeof body === "string") throw new Error(`expected a stream, got ${body}`);
  return body[Symbol.asyncIterator]();
};

async function textOf(reply: HttpReply): Promise<string> {
  let text = "";
  const parts = partsOf(reply);
  for (let next = await parts.next(); next.done !== true; next = await parts.next()) text += next.value;
  return text;
}

/** Checks the framing on the way: events are numbered, each is one `data:` line, the last one is `[DONE]`. */
function chunksOf(text: string): Chunk[] {
  const events = text.split("\n\n");
  expect(events.pop()).toBe("");
  const data = events.map((event, index) => {
    const [, id, line = ""] = /^id: (\d+)\ndata: ([^\n]+)$/.exec(event) ?? [];
    expect(id).toBe(String(index + 1));
    return line;
  });
  expect(data.pop()).toBe("[DONE]");
  return data.map((line) => JSON.parse(line) as Chunk);
}

describe("a streamed reply", () => {
  it("carries text, then the metadata", async () => {
    const { open } = setUp(async function* ({ call }) {
      yield { type: "text-delta", delta: "Hel\n\n" };
      yield { type: "text-delta", delta: "lo" };
      yield { type: "finish", reply: scriptedReply({ reply: "Hel\n\nlo" }, call) };
    });
    const reply = await open();
    expect(reply).toMatchObject({
      status: 200,
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-cache, no-transform",
        "x-accel-buffering": "no",
        "x-vercel-ai-ui-message-stream": "v1",
        "x-request-id": "request-1",
      },
    });
    const chunks = chunksOf(await textOf(reply));
    const { metadata } = scriptedReply({}, { requestId: "request-1" });
    expect(chunks).toEqual([
      {
        type: "start",
        messageId: expect.stringMatching(/^[\da-f-]{36}$/),
        messageMetadata: { request_id: "request-1" },
      },
      { type: "start-step" },
      { type: "text-start", id: "text-1" },
      { type: "text-delta", id: "text-1", delta: "Hel\n\n" },
      { type: "text-delta", id: "text-1", delta: "lo" },
      { type: "text-end", id: "text-1" },
      { type: "finish-step" },
      { type: "finish", messageMetadata: metadata },
    ]);
  });

  it("carries the whole reply of a task that does not answer in text", async () => {
    const reply = scriptedReply({ summary: "s" });
    const { open } = setUp(async function* () {
      yield { type: "finish", reply };
    });
    const chunks = chunksOf(await textOf(await open("/debug")));
    expect(chunks.map(({ type }) => type)).toEqual([
      "start",
      "start-step",
      "data-output",
      "finish-step",
      "finish",
    ]);
    expect(chunks[2]).toEqual({ type: "data-output", data: reply });
  });

  it("carries the whole output too when the text is not all of it", async () => {
    const reply = scriptedReply({ reply: "Hello", sources: ["Trial"] });
    const { open } = setUp(async function* () {
      yield { type: "text-delta", delta: "Hello" };
      yield { type: "finish", reply };
    });
    const chunks = chunksOf(await textOf(await open()));
    expect(chunks).toContainEqual({ type: "text-delta", id: "text-1", delta: "Hello" });
    expect(chunks).toContainEqual({ type: "data-output", data: reply });
  });

  it("carries a text that came in one piece", async () => {
    const { open } = setUp(async function* () {
      yield { type: "finish", reply: scriptedReply({ reply: "Hello" }) };
    });
    const chunks = chunksOf(await textOf(await open()));
    expect(chunks.slice(2, 5)).toEqual([
      { type: "text-start", id: "text-1" },
      { type: "text-delta", id: "text-1", delta: "Hello" },
      { type: "text-end", id: "text-1" },
    ]);
  });

  it("starts only once there is something to show: a failure before is an ordinary reply", async () => {
    const details = {
      dimension: "user",
      kind: "requests",
      limit: 1,
      windowMs: 1000,
      retryAfterMs: 1000,
    } as const;
    const error = new GatewayError("rate_limited", "Too many requests.", { details });
    const { open } = setUp(() => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) }));
    const reply = await open();
    expect(reply).toMatchObject({
      status: 429,
      headers: { "content-type": expect.stringContaining("json") },
    });
    expect(JSON.parse(String(reply.body))).toMatchObject({ success: false, code: "rate_limited" });
  });

  it("says so when it fails on the way, without the reason, and is logged once", async () => {
    const { open, logged } = setUp(async function* () {
      yield { type: "text-delta", delta: "Hel" };
      throw new GatewayError("provider_cut", "upstream said: sk-secret", { step: "route" });
    });
    const text = await textOf(await open());
    expect(text).not.toContain("sk-secret");
    expect(chunksOf(text).slice(4)).toEqual([
      {
        type: "data-error",
        transient: true,
        data: { code: "provider_cut", request_id: "request-1", retryable: true },
      },
      { type: "error", errorText: "Temporary issue. Please try again." },
    ]);
    expect(logged).toEqual([
      { request_id: "request-1", code: "provider_cut", step: "route", cause: undefined },
    ]);
  });

  it("never ends cleanly without a reply", async () => {
    const { open } = setUp(async function* () {
      yield { type: "text-delta", delta: "Hel" };
    });
    const chunks = chunksOf(await textOf(await open()));
    expect(chunks.at(-1)).toMatchObject({ type: "error" });
    expect(chunks.some(({ type }) => type === "finish")).toBe(false);
  });

  it("is kept alive by comments while the model is silent", async () => {
    let goOn = () => {};
    const { open, clock } = setUp(async function* ({ call }) {
      yield { type: "text-delta", delta: "Hel" };
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      yield { type: "finish", reply: scriptedReply({ reply: "Hel" }, call) };
    });
    const parts = partsOf(await open());
    await parts.next();
    const silent = parts.next();
    await clock.advance(1000);
    expect((await silent).value).toBe(": keep-alive\n\n");
    goOn();
    expect((await parts.next()).value).toContain('"finish"');
    expect((await parts.next()).done).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it.each(["before it is read", "after its first part", "while a part is awaited"])(
    "aborts the call when the reader leaves %s",
    async (moment) => {
      let signal: AbortSignal | undefined;
      let cleanedUp = false;
      const { open, clock, logged } = setUp(async function* ({ call }) {
        signal = call.signal;
        try {
          yield { type: "text-delta", delta: "a" };
          await new Promise((_resolve, reject) => {
            call.signal?.addEventListener("abort", () => reject(new GatewayError("aborted", "gone")));
          });
        } finally {
          cleanedUp = true;
        }
      });
      const parts = partsOf(await open());
      if (moment !== "before it is read") await parts.next();
      const awaited = moment === "while a part is awaited" ? parts.next() : undefined;
      await clock.advance(1);
      expect(signal?.aborted).toBe(false);
      await parts.return?.();
      await awaited;
      await clock.advance(1);
      expect(signal?.aborted).toBe(true);
      expect(cleanedUp).toBe(true);
      expect(clock.pending).toBe(0);
      expect(logged).toEqual([]);
    },
  );

  it("answers useChat, which does not ask for it in its headers", async () => {
    const inputs: unknown[] = [];
    const answer: GatewayScript["answer"] = async function* ({ input }) {
      inputs.push(input);
      yield { type: "finish", reply: scriptedReply({ reply: "Hello" }) };
    };
    const messages = [{ id: "m1", role: "user", parts: [{ type: "text", text: "Hi" }] }];
    const reply = await createHttpHandler(scriptedGateway({ answer }))({
      method: "POST",
      path: "/chat",
      headers: { "content-type": "application/json", accept: "*/*" },
      body: { kind: "parsed", value: { id: "chat-1", trigger: "submit-message", messages } },
      signal: new AbortController().signal,
      identify: () => undefined,
    });
    expect(chunksOf(await textOf(reply)).at(-1)).toMatchObject({ type: "finish" });
    expect(inputs).toEqual([{ message: "Hi", messages: [] }]);
  });

  it("passes the host's own abort on", async () => {
    let signal: AbortSignal | undefined;
    const { open, abort } = setUp(async function* ({ call }) {
      signal = call.signal;
      yield { type: "text-delta", delta: "a" };
    });
    await open();
    abort.abort();
    expect(signal?.aborted).toBe(true);
  });
});
