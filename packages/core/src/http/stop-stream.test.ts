import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.js";
import { scriptedReply } from "../testing/scripted-gateway.js";
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

const id = "request-1";
const stopped = [{ type: "abort", reason: "The stream was stopped." }, { type: "[DONE]" }];
const chunksOf = (text: string) => eventsOf(text).map(({ chunk }) => chunk);

describe("an explicit stop", () => {
  it("ends the call and the stream, for every reader, whoever of the caller's asks", async () => {
    const script = steered();
    const { start, resume, stop, logged } = setUp(script.answer);
    script.say("a");
    const live = textOf(await start(id));
    const resumed = textOf(await resume(id));
    await settle();
    expect(await stop(id)).toMatchObject({ status: 204, body: "" });
    const text = await live;
    expect(chunksOf(text).slice(-3)).toEqual([{ type: "text-delta", id: "text-1", delta: "a" }, ...stopped]);
    expect(await resumed).toBe(text);
    expect(await textOf(await resume(id))).toBe(text);
    expect(script.seen.call?.signal?.aborted).toBe(true);
    expect(script.seen.ended).toBe(true);
    expect(logged).toEqual([]);
  });

  it("stops the chat's latest stream under the chat's id", async () => {
    const script = steered();
    const { start, stop } = setUp(script.answer);
    script.say("a");
    const live = textOf(await start(id, { body: { id: "chat 1", trigger: "submit-message", messages: [] } }));
    await stop("chat%201");
    expect(chunksOf(await live).slice(-2)).toEqual(stopped);
  });

  it("before the first output is an ordinary reply, and leaves nothing to resume", async () => {
    const script = steered();
    const { start, stop, resume } = setUp(script.answer);
    const reply = start(id);
    await settle();
    await stop(id);
    expect(JSON.parse(await textOf(await reply))).toMatchObject({
      code: "aborted",
      error: "The stream was stopped.",
    });
    expect((await reply).status).toBe(499);
    expect((await resume(id)).status).toBe(204);
  });

  it("ends a stream whose script goes on regardless", async () => {
    let made = 0;
    let ended = false;
    const { start, stop } = setUp(async function* () {
      try {
        for (;;) yield { type: "text-delta", delta: `${made++}` };
      } finally {
        ended = true;
      }
    });
    const parts = partsOf(await start(id));
    await parts.next();
    await stop(id);
    expect((await parts.next()).value).toContain('"abort"');
    expect((await parts.next()).done).toBe(true);
    expect([made, ended]).toEqual([1, true]);
  });

  it.each([
    ["finish", "finish"],
    ["text-delta", "abort"],
  ] as const)("lets a %s that was on its way become: %s", async (pending, told) => {
    const { start, stop } = setUp(async function* ({ call }) {
      yield { type: "text-delta", delta: "a" };
      await new Promise((resolve) => call.signal?.addEventListener("abort", resolve));
      if (pending === "finish") yield { type: "finish", reply: scriptedReply({ reply: "a" }, call) };
      else yield { type: "text-delta", delta: "too late" };
    });
    const parts = partsOf(await start(id));
    await parts.next();
    const last = parts.next();
    await settle();
    await stop(id);
    expect((await last).value).toContain(`"type":"${told}"`);
    expect((await parts.next()).done).toBe(true);
  });

  it("does nothing to what is over, what never was, and what belongs to others", async () => {
    const script = steered();
    const { start, stop, resume } = setUp(script.answer);
    script.say("a");
    const live = textOf(await start(id));
    const replies = [
      await stop("request-2"),
      await stop(id, { identify: () => ({ userId: "u2", tenantId: "t1" }) }),
      await stop(id, { identify: () => undefined }),
      await stop(id, { path: `/debug/${id}/stream` }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    expect(new Set(replies.map(({ headers }) => Object.keys(headers).join())).size).toBe(1);
    expect(script.seen.call?.signal?.aborted).toBe(false);
    script.finish();
    const text = await live;
    expect(typesOf(text).at(-2)).toBe("finish");
    expect((await stop(id)).status).toBe(204);
    expect(await textOf(await resume(id))).toBe(text);
  });
});

describe("a client that leaves", () => {
  const leaving = [
    ["its reading ends", async (parts: AsyncIterator<string>) => void (await parts.return?.())],
    ["its connection is closed", async (_parts: unknown, gone: AbortController) => gone.abort()],
  ] as const;

  it.each(leaving)(
    "ends the call at once by default, when %s; the stream says how it ended",
    async (_how, leave) => {
      const script = steered();
      const { start, resume } = setUp(script.answer);
      const gone = new AbortController();
      script.say("a");
      const parts = partsOf(await start(id, { signal: gone.signal }));
      await parts.next();
      const awaited = parts.next();
      await leave(parts, gone);
      expect((await awaited).done).toBe(true);
      await settle();
      expect(script.seen.ended).toBe(true);
      const text = await textOf(await resume(id, 4));
      expect(chunksOf(text)).toEqual([
        { type: "data-error", transient: true, data: { code: "aborted", request_id: id, retryable: true } },
        { type: "error", errorText: expect.any(String) },
        { type: "[DONE]" },
      ]);
    },
  );

  it.each(leaving)("lets the call go on to its end with `continue`, when %s", async (_how, leave) => {
    const script = steered();
    const { start, resume } = setUp(script.answer, { onDisconnect: "continue" });
    const gone = new AbortController();
    script.say("a");
    const parts = partsOf(await start(id, { signal: gone.signal }));
    await parts.next();
    await leave(parts, gone);
    script.say("b");
    await settle();
    expect(script.seen.call?.signal?.aborted).toBe(false);
    const resumed = textOf(await resume(id, 4));
    script.finish("ab");
    expect(typesOf(await resumed)).toEqual(["text-delta", "text-end", "finish-step", "finish", "[DONE]"]);
    expect(script.seen.ended).toBe(true);
  });

  it("just as the first output comes leaves nothing running", async () => {
    const gone = new AbortController();
    let ended = false;
    const { start, resume } = setUp(async function* () {
      try {
        gone.abort();
        yield { type: "text-delta", delta: "a" };
      } finally {
        ended = true;
      }
    });
    expect((await start(id, { signal: gone.signal })).status).toBe(499);
    expect(ended).toBe(true);
    expect((await resume(id)).status).toBe(204);
  });

  it("before the first output may come back for it, and for a failure too", async () => {
    for (const failure of [undefined, new GatewayError("provider_cut", "cut")]) {
      const script = steered();
      const { start, resume } = setUp(script.answer, { onDisconnect: "continue" });
      const gone = new AbortController();
      const reply = start(id, { signal: gone.signal });
      await settle();
      gone.abort();
      if (failure === undefined) script.finish("Hello");
      else script.fail(failure);
      await partsOf(await reply).return?.();
      const text = await textOf(await resume(id));
      expect(typesOf(text).at(-2)).toBe(failure === undefined ? "finish" : "error");
      if (failure !== undefined) expect(text).toContain('"provider_cut"');
    }
  });

  it("leaves nothing behind when its call was refused while it was there", async () => {
    const script = steered();
    const { start, resume } = setUp(script.answer, { onDisconnect: "continue" });
    script.fail(new GatewayError("forbidden", "no"));
    expect((await start(id)).status).toBe(403);
    expect((await resume(id)).status).toBe(204);
  });

  it("can still stop what runs on", async () => {
    const script = steered();
    const { start, stop, resume } = setUp(script.answer, { onDisconnect: "continue" });
    script.say("a");
    const parts = partsOf(await start(id));
    await parts.return?.();
    await settle();
    await stop(id);
    await settle();
    expect(script.seen.ended).toBe(true);
    expect(chunksOf(await textOf(await resume(id))).slice(-2)).toEqual(stopped);
  });

  it("costs no more memory than the store's bound when it runs on", async () => {
    const bounds = { maxStreamBytes: 100_000, maxTotalBytes: 200_000 };
    const streamStore = memoryStreamStore(bounds);
    let most = 0;
    let finished = false;
    const { start, resume } = setUp(
      async function* (call) {
        for (let count = 0; count < 2_000; count += 1) {
          most = Math.max(most, streamStore.stats().bytes);
          yield { type: "text-delta", delta: "x".repeat(1_000) };
        }
        finished = true;
        yield* saying("")(call);
      },
      { onDisconnect: "continue", streamStore },
    );
    const parts = partsOf(await start(id));
    await parts.return?.();
    await expect.poll(() => finished).toBe(true);
    await settle();
    expect(most).toBeGreaterThan(50_000);
    expect(most).toBeLessThanOrEqual(bounds.maxStreamBytes);
    expect(streamStore.stats()).toEqual({ streams: 0, bytes: 0 });
    expect((await resume(id)).status).toBe(204);
  });

  it("is waited for while it is there: nothing is made ahead of its reading", async () => {
    let made = 0;
    const { start } = setUp(
      async function* () {
        for (;;) yield { type: "text-delta", delta: `${made++}` };
      },
      { onDisconnect: "continue" },
    );
    const parts = partsOf(await start(id));
    for (let read = 1; read <= 5; read += 1) {
      await parts.next();
      await settle();
      expect(made).toBe(read);
    }
  });
});

describe("x-ai-on-break", () => {
  it.each([
    ["restart", "restart"],
    ["terminate", "terminate"],
    ["Restart", "terminate"],
    ["", "terminate"],
    [undefined, "terminate"],
  ])("%s asks for %s", async (header, onBreak) => {
    const script = steered();
    const { start } = setUp(script.answer);
    script.finish();
    await textOf(await start(id, { headers: { "x-ai-on-break": header } }));
    expect(script.seen.call?.onBreak).toBe(onBreak);
  });
});
