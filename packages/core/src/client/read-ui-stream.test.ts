import { describe, expect, it } from "vitest";
import { createCallGuard } from "./call-guard.js";
import { readReplyText } from "./read-reply-text.js";
import { readUiStream } from "./read-ui-stream.js";
import type { StreamEvent } from "./stream-event.js";

const metadata = { request_id: "request-1", source: "model", cost_usd: 0.0001 };
const event = (part: object) => `data: ${JSON.stringify(part)}\n\n`;
const delta = (text: string) => event({ type: "text-delta", id: "text-1", delta: text });
const start = event({ type: "start", messageMetadata: { request_id: "request-1" } });
const finish = event({ type: "finish", messageMetadata: metadata });
const done = "data: [DONE]\n\n";

async function* inChunks(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}

async function collectFrom(chunks: AsyncIterable<string>): Promise<StreamEvent<object>[]> {
  const events: StreamEvent<object>[] = [];
  for await (const each of readUiStream(chunks)) events.push(each);
  return events;
}

const collect = (...chunks: string[]) => collectFrom(inChunks(chunks));

/** Events up to the error, and the error. */
async function collectFailure(chunks: AsyncIterable<string>) {
  const events: StreamEvent<object>[] = [];
  try {
    for await (const each of readUiStream(chunks)) events.push(each);
  } catch (error) {
    return { events, error };
  }
  throw new Error("The stream did not fail.");
}

describe("cut anywhere", () => {
  const transcript =
    `: keep-alive\r\n\r\n${start}${event({ type: "start-step" })}${delta("Größe: ")}` +
    `${delta("漢字 😀\n")}: keep-alive\n\n${event({ type: "data-later", data: 1 })}${finish}${done}`;
  const bytes = new TextEncoder().encode(transcript);
  const guard = createCallGuard(Infinity);

  async function readBytes(...parts: Uint8Array[]) {
    let text = "";
    let reply: unknown;
    const body = new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
    for await (const each of readUiStream(readReplyText(new Response(body), guard))) {
      if (each.type === "text-delta") text += each.delta;
      if (each.type === "finish") reply = each.reply;
    }
    return { text, reply };
  }

  const whole = {
    text: "Größe: 漢字 😀\n",
    reply: { success: true, reply: "Größe: 漢字 😀\n", metadata },
  };

  it("reads the same at every split point, also inside a character", async () => {
    for (let at = 0; at <= bytes.length; at++) {
      expect(await readBytes(bytes.slice(0, at), bytes.slice(at)), `split at ${at}`).toEqual(whole);
    }
  });

  it("reads the same byte by byte", async () => {
    expect(await readBytes(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
  });
});

describe("events", () => {
  it("come once per chunk", async () => {
    const events = await collect(start + delta("a") + delta("b"), delta("c"), delta("d") + finish + done);
    expect(events).toEqual([
      { type: "text-delta", delta: "ab" },
      { type: "text-delta", delta: "c" },
      { type: "text-delta", delta: "d" },
      { type: "finish", reply: { success: true, reply: "abcd", metadata } },
    ]);
  });

  it("hold the whole reply of a task that does not answer in words", async () => {
    const data = { success: true, checklist: ["Connect a tool"], tips: [], metadata };
    const [only] = await collect(start + event({ type: "data-output", data }) + finish + done);
    expect(only).toMatchObject({ type: "finish", reply: data });
  });

  it("tell when the server starts its text anew, and keep the steps before", async () => {
    const step = event({ type: "start-step" });
    const events = await collect(
      start + step + delta("Kept. ") + event({ type: "finish-step" }) + step + delta("Dropped"),
      event({ type: "reset-step" }) + delta("New."),
      finish + done,
    );
    expect(events).toMatchObject([
      { type: "text-delta", delta: "Kept. Dropped" },
      { type: "text-reset", text: "Kept. New." },
      { type: "finish", reply: { reply: "Kept. New." } },
    ]);
  });

  it("hold the output as it grows, each in place of the one before", async () => {
    const partial = (data: object) => event({ type: "data-partial", id: "partial", data });
    const data = { success: true, checklist: ["Connect a tool"], tips: ["Start small"], metadata };
    const events = await collect(
      start + partial({ checklist: [] }) + partial({ checklist: ["Connect a tool"] }),
      partial({ tips: [] }),
      event({ type: "data-output", data }) + finish + done,
    );
    expect(events).toEqual([
      { type: "partial", partial: { checklist: ["Connect a tool"] } },
      { type: "partial", partial: { tips: [] } },
      { type: "finish", reply: data },
    ]);
  });

  it("hold tool calls, in their place between the texts", async () => {
    const call = { toolCallId: "call-1", toolName: "refund" };
    const events = await collect(
      start +
        delta("a") +
        event({ type: "tool-input-start", ...call }) +
        event({ type: "tool-input-delta", toolCallId: "call-1", inputTextDelta: '{"order":' }) +
        event({ type: "tool-input-available", ...call, input: { order: 7 } }) +
        delta("b"),
      event({ type: "reset-step" }) + finish + done,
    );
    expect(events).toMatchObject([
      { type: "text-delta", delta: "a" },
      { type: "tool-call-start", id: "call-1", name: "refund" },
      { type: "tool-call-delta", id: "call-1", delta: '{"order":' },
      { type: "tool-call-end", id: "call-1", name: "refund", input: { order: 7 } },
      { type: "text-delta", delta: "b" },
      { type: "text-reset", text: "" },
      { type: "finish" },
    ]);
  });

  it("tell of a new beginning also when only a tool call is void", async () => {
    const call = event({ type: "tool-input-start", toolCallId: "call-1", toolName: "refund" });
    const events = await collect(start + call, event({ type: "reset-step" }), delta("a") + finish + done);
    expect(events.map(({ type }) => type)).toEqual(["tool-call-start", "text-reset", "text-delta", "finish"]);
  });

  it("end at finish, also when the connection breaks before [DONE]", async () => {
    async function* chunks() {
      yield start + delta("a") + finish;
      throw new TypeError("terminated");
    }
    const events = await collectFrom(chunks());
    expect(events.map(({ type }) => type)).toEqual(["text-delta", "finish"]);
  });

  it("after [DONE] are not read", async () => {
    const events = await collect(finish + done, delta("late"));
    expect(events).toHaveLength(1);
  });
});

describe("a stream that fails", () => {
  const unavailable = "AI is unavailable, please try again.";

  it.each([
    ["is empty", []],
    ["ends after some text", [start + delta("a")]],
    ["ends in the middle of an event", [start + delta("a"), finish.slice(0, 20)]],
    ["says [DONE] without a finish", [start + delta("a") + done]],
  ])("is cut when it %s", async (_name, chunks) => {
    const { error } = await collectFailure(inChunks(chunks));
    expect(error).toMatchObject({ code: "stream_cut", message: unavailable, retryable: true });
  });

  it("is cut when the connection breaks", async () => {
    const cause = new TypeError("terminated");
    async function* chunks() {
      yield start + delta("a");
      throw cause;
    }
    const { events, error } = await collectFailure(chunks());
    expect(events).toHaveLength(1);
    expect(error).toMatchObject({ code: "stream_cut", cause });
  });

  it("says why in data-error, and nothing of the server's text is shown", async () => {
    const { events, error } = await collectFailure(
      inChunks([
        start + delta("a"),
        event({
          type: "data-error",
          transient: true,
          data: { code: "provider_filtered", request_id: "request-1", retryable: false },
        }) +
          event({ type: "error", errorText: "ECONNRESET at upstream" }) +
          done,
      ]),
    );
    expect(events).toHaveLength(1);
    expect(error).toMatchObject({
      code: "provider_filtered",
      message: unavailable,
      retryable: false,
      requestId: "request-1",
    });
  });

  it("may say why after the error, or break before it ends", async () => {
    async function* chunks() {
      yield event({ type: "error", errorText: "x" }) +
        event({ type: "data-error", data: { code: "provider_cut", retryable: true } });
      throw new TypeError("terminated");
    }
    const { error } = await collectFailure(chunks());
    expect(error).toMatchObject({ code: "provider_cut", retryable: true });
  });

  it("shows an operator's words about a switched-off feature", async () => {
    const { error } = await collectFailure(
      inChunks([
        event({ type: "data-error", data: { code: "switched_off" } }) +
          event({ type: "error", errorText: "Back at noon." }),
      ]),
    );
    expect(error).toMatchObject({ code: "switched_off", message: "Back at noon." });
  });

  it("stays failed when a finish follows the error", async () => {
    const { error } = await collectFailure(
      inChunks([event({ type: "error", errorText: "x" }) + finish + done]),
    );
    expect(error).toMatchObject({ code: "http_error", message: unavailable });
  });

  it("is cut when the server has aborted it, which nobody has stopped", async () => {
    const data = { code: "aborted", request_id: "request-1", retryable: false };
    const { error } = await collectFailure(
      inChunks([
        start + event({ type: "data-error", data }) + event({ type: "error", errorText: "x" }) + done,
      ]),
    );
    expect(error).toMatchObject({ code: "stream_cut", retryable: true, requestId: "request-1" });
  });

  it("is aborted when the server says so", async () => {
    const { error } = await collectFailure(inChunks([start + event({ type: "abort" }) + done]));
    expect(error).toMatchObject({ code: "aborted" });
  });

  it.each(["data: {cut\n\n", "data: 7\n\n", "data: null\n\n"])("is malformed at %j", async (line) => {
    const { events, error } = await collectFailure(inChunks([start + delta("a"), line + finish + done]));
    expect(events).toHaveLength(1);
    expect(error).toMatchObject({ code: "malformed_reply", message: unavailable });
  });
});
