import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.js";
import { memoryStreamStore } from "./memory-stream-store.js";
import {
  eventsOf,
  partsOf,
  saying,
  settle,
  setUp,
  steered,
  textOf,
  typesOf,
} from "./stream-requests.test-support.js";
import type { StreamStore } from "./stream-store.js";

const id = "request-1";
const other = (caller: object | undefined) => ({ identify: () => caller });

describe("reading on in a stream", () => {
  it("gives exactly the missing events, whatever was the last one", async () => {
    const { start, resume } = setUp(saying("a", "b\n\nc", "d"));
    const text = await textOf(await start(id));
    const all = eventsOf(text);
    expect(all.map((event) => event.id)).toEqual(all.map((_, index) => index + 1));
    for (let after = 0; after < all.length; after += 1) {
      const reply = await resume(id, after);
      expect(reply).toMatchObject({
        status: 200,
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "x-vercel-ai-ui-message-stream": "v1",
        },
      });
      expect(await textOf(reply)).toBe(text.slice(text.indexOf(`id: ${after + 1}\n`)));
    }
    expect(await textOf(await resume(id))).toBe(text);
    expect(await textOf(await resume(id, ""))).toBe(text);
    expect(await resume(id, all.length)).toMatchObject({ status: 204, body: "" });
    expect(await resume(id, all.length + 1)).toMatchObject({ status: 204 });
  });

  it("follows a stream that runs, for every reader at its own place", async () => {
    const script = steered();
    const { start, resume } = setUp(script.answer);
    script.say("a");
    const live = textOf(await start(id));
    const readers: Promise<string>[] = [];
    for (let after = 0; after < 20; after += 1) {
      script.say(`${after}`);
      await settle();
      readers.push(textOf(await resume(id, after)));
    }
    script.finish();
    const text = await live;
    for (const [after, reader] of readers.entries()) {
      expect(await reader).toBe(text.slice(text.indexOf(`id: ${after + 1}\n`)));
    }
  });

  it("knows that the stream is over as soon as its last event is out", async () => {
    const { start, resume } = setUp(saying("a"));
    const parts = partsOf(await start(id));
    await parts.next();
    expect((await parts.next()).value).toContain("[DONE]");
    expect((await resume(id, 8)).status).toBe(204);
  });

  it("can begin before the stream shows anything", async () => {
    const script = steered();
    const { start, resume } = setUp(script.answer);
    const live = start(id).then(textOf);
    await settle();
    const resumed = textOf(await resume(id));
    script.finish("Hello");
    expect(await resumed).toBe(await live);
  });

  it("is kept alive by comments, and leaving it ends nothing but itself", async () => {
    const script = steered();
    const { start, resume, clock } = setUp(script.answer, { keepAliveMs: 1000 });
    script.say("a");
    const live = partsOf(await start(id));
    await live.next();
    const reader = partsOf(await resume(id, 4));
    const silent = reader.next();
    await clock.advance(1000);
    expect((await silent).value).toBe(": keep-alive\n\n");
    const awaited = reader.next();
    await reader.return?.();
    expect((await awaited).done).toBe(true);
    const gone = new AbortController();
    const cut = partsOf(await resume(id, 4, { signal: gone.signal }));
    const last = cut.next();
    gone.abort();
    expect((await last).done).toBe(true);
    script.finish();
    expect((await live.next()).value).toContain('"finish"');
    expect((await live.next()).done).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("lets go of the store as soon as its reader leaves, also while it waits", async () => {
    const script = steered();
    const memory = memoryStreamStore();
    let signal: AbortSignal | undefined;
    const streamStore: StreamStore = {
      ...memory,
      read(name, reading) {
        signal = reading.signal;
        return memory.read(name, reading);
      },
    };
    const { start, resume } = setUp(script.answer, { streamStore });
    script.say("a");
    await start(id);
    const reader = partsOf(await resume(id));
    void reader.next();
    await settle();
    expect(signal?.aborted).toBe(false);
    await reader.return?.();
    expect(signal?.aborted).toBe(true);
  });

  it.each(["-1", "1.5", "abc", "1e3", "0x1", "9".repeat(16), "1, 2"])(
    "refuses the Last-Event-ID %s",
    async (after) => {
      const { start, resume } = setUp(saying("a"));
      await textOf(await start(id));
      const reply = await resume(id, after);
      expect([reply.status, JSON.parse(String(reply.body))]).toMatchObject([
        400,
        { code: "invalid_request" },
      ]);
    },
  );

  it("does not exist for anybody else, for another task or id", async () => {
    const script = steered();
    const { start, resume } = setUp(script.answer);
    script.say("a");
    await start(id);
    const strangers = [
      { userId: "u2", tenantId: "t1" },
      { userId: "u1", tenantId: "t2" },
      { userId: "u1" },
      { tenantId: "t1" },
      undefined,
    ];
    for (const caller of strangers) expect((await resume(id, 0, other(caller))).status).toBe(204);
    expect((await resume(id, 0, { path: `/debug/${id}/stream` })).status).toBe(204);
    expect((await resume("request-2")).status).toBe(204);
    expect((await resume(id)).status).toBe(200);
  });

  it("is over when the store has forgotten it", async () => {
    const { start, resume, clock } = setUp(saying("a"));
    await textOf(await start(id));
    await clock.advance(299_999);
    expect((await resume(id)).status).toBe(200);
    await clock.advance(1);
    expect((await resume(id)).status).toBe(204);
  });

  it("tells the reader of a stream that outgrows the store, and the log once; the live reader has it all", async () => {
    const script = steered();
    const streamStore = memoryStreamStore({ maxStreamBytes: 2_000 });
    const { start, resume, logged } = setUp(script.answer, { streamStore });
    script.say("a");
    const live = textOf(await start(id));
    const resumed = textOf(await resume(id));
    for (let count = 0; count < 100; count += 1) script.say("x".repeat(50));
    script.finish();
    expect(typesOf(await live)).toHaveLength(2 + 1 + 101 + 3 + 1);
    expect((await resume(id)).status).toBe(204);
    const events = eventsOf(await resumed);
    expect(events.slice(-3)).toMatchObject([
      { id: undefined, chunk: { type: "data-error", data: { code: "not_found", retryable: false } } },
      { id: undefined, chunk: { type: "error", errorText: "The rest of this stream is no longer kept." } },
      { id: undefined, chunk: { type: "[DONE]" } },
    ]);
    expect(logged).toEqual([
      { request_id: id, message: "The stream store has no room for this stream; it can't be resumed." },
    ]);
  });
});

describe("the names of a stream", () => {
  const chat = (chatId: unknown) => ({ body: { id: chatId, trigger: "submit-message", messages: [] } });

  it("are its request id, and for useChat the chat's, which goes to the latest one", async () => {
    let count = 0;
    const { start, resume } = setUp((call) => saying(`answer ${++count}`)(call));
    for (const request of ["request-1", "request-2"]) await textOf(await start(request, chat("c/1 ü")));
    const told = async (name: string) => /answer \d/.exec(await textOf(await resume(name)))?.[0];
    expect(await told("request-1")).toBe("answer 1");
    expect(await told("request-2")).toBe("answer 2");
    expect(await told(encodeURIComponent("c/1 ü"))).toBe("answer 2");
  });

  it("are none but unguessable ones for somebody unknown", async () => {
    const { start, resume } = setUp(saying("a"));
    const visitor = other(undefined);
    const given: [string, string][] = [
      ["request-1", "short-chat"],
      ["request-0123456789", "0123456789abcdef"],
    ];
    for (const [request, chatId] of given)
      await textOf(await start(request, { ...chat(chatId), ...visitor }));
    const status = async (name: string) => (await resume(name, 0, visitor)).status;
    expect(await Promise.all(given.flat().map(status))).toEqual([204, 204, 200, 200]);
    expect((await resume("0123456789abcdef")).status).toBe(204);
  });
});

describe("a store that fails", () => {
  const broken = (parts: Partial<StreamStore>): StreamStore => ({ ...memoryStreamStore(), ...parts });
  const down = () => Promise.reject(new TypeError("redis://user:sk-secret@10.0.0.1"));

  it.each<[string, StreamStore]>([
    ["to open", broken({ open: down })],
    ["to write", broken({ open: () => ({ write: down, close() {}, discard() {} }) })],
    ["to close", broken({ open: () => ({ write: () => "kept", close: down, discard: down }) })],
  ])("%s costs no reply, and is logged once", async (_what, streamStore) => {
    const { start, logged } = setUp(saying("a", "b"), { streamStore });
    expect(typesOf(await textOf(await start(id))).at(-2)).toBe("finish");
    expect(logged).toMatchObject([{ request_id: id, code: "internal", cause: "TypeError" }]);
    expect(JSON.stringify(logged)).not.toContain("secret");
  });

  it("half way is never replayed as if it were whole", async () => {
    const memory = memoryStreamStore();
    let writes = 0;
    const streamStore = broken({
      ...memory,
      async open(names, options) {
        const writer = await memory.open(names, options);
        return { ...writer, write: (events) => (++writes === 2 ? down() : writer.write(events)) };
      },
    });
    const { start, resume } = setUp(saying("a", "b", "c"), { streamStore });
    const parts = partsOf(await start(id));
    let text = "";
    while (!text.includes("[DONE]")) {
      text += (await parts.next()).value;
      expect((await resume(id)).status).toBe(writes < 2 ? 200 : 204);
    }
    expect(typesOf(text).at(-2)).toBe("finish");
    expect(writes).toBe(2);
  });

  it("in the middle of a replay says so, in the one safe sentence", async () => {
    const memory = memoryStreamStore();
    const streamStore: StreamStore = {
      ...memory,
      async *read() {
        yield { id: 1, text: 'id: 1\ndata: {"type":"start"}\n\n' };
        throw new TypeError("redis://user:sk-secret@10.0.0.1");
      },
    };
    const { resume, logged } = setUp(saying("a"), { streamStore });
    const text = await textOf(await resume(id));
    expect(typesOf(text)).toEqual(["start", "data-error", "error", "[DONE]"]);
    expect(text).toContain('"code":"internal"');
    expect(logged).toMatchObject([{ code: "internal", cause: "TypeError" }]);
    expect(text + JSON.stringify(logged)).not.toContain("secret");
  });

  it.each(["GET", "DELETE"])("answers %s with the one safe sentence", async (method) => {
    const { send } = setUp(saying("a"), { streamStore: broken({ read: down, stop: down }) });
    const reply = await send({ method, path: `/chat/${id}/stream` });
    expect([reply.status, JSON.parse(String(reply.body))]).toMatchObject([500, { code: "internal" }]);
  });
});

it("is refused before anything is looked up when the caller is", async () => {
  const { send } = setUp(saying("a"));
  const identify = () => {
    throw new GatewayError("unauthenticated", "Sign in first.");
  };
  for (const method of ["GET", "DELETE"]) {
    expect((await send({ method, path: `/chat/${id}/stream`, identify })).status).toBe(401);
  }
});
