import { isGatewayError, type ProviderEvent } from "@levqor/core";
import { describe, expect, it } from "vitest";
import type { AiSdkContent, AiSdkGenerateResult, AiSdkStreamPart } from "./ai-sdk-model.js";
import { readReply, readStream } from "./read-reply.js";

const usage = { inputTokens: 7, outputTokens: 3 };
const finish = (word: string): AiSdkStreamPart => ({
  type: "finish",
  finishReason: { unified: word, raw: word },
  usage,
});
const text = (delta: string): AiSdkStreamPart => ({ type: "text-delta", id: "0", delta });

async function streamed(parts: readonly AiSdkStreamPart[]): Promise<ProviderEvent[]> {
  const stream = new ReadableStream<AiSdkStreamPart>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
  const events: ProviderEvent[] = [];
  for await (const event of readStream(stream, "openai.chat")) events.push(event);
  return events;
}

const whole = (
  content: readonly AiSdkContent[],
  parts: Partial<AiSdkGenerateResult> = {},
  asksJson = false,
) => [
  ...readReply({ content, finishReason: "stop", usage, ...parts }, { provider: "openai.chat", asksJson }),
];

const callEvents = (id: string, pieces: readonly string[]): ProviderEvent[] => [
  { type: "tool-call-start", id, name: "weather" },
  ...pieces.map((delta) => ({ type: "tool-call-delta" as const, id, delta })),
  { type: "tool-call-end", id, name: "weather", arguments: pieces.join("") },
];
const withoutFinish = (events: readonly ProviderEvent[]) => events.filter(({ type }) => type !== "finish");
const start = (id: string, more: object = {}): AiSdkStreamPart => ({
  type: "tool-input-start",
  id,
  toolName: "weather",
  ...more,
});
const delta = (id: string, piece: string): AiSdkStreamPart => ({
  type: "tool-input-delta",
  id,
  delta: piece,
});
const complete = (toolCallId: string, input?: string, more: object = {}): AiSdkStreamPart => ({
  type: "tool-call",
  toolCallId,
  toolName: "weather",
  input,
  ...more,
});

describe("readStream", () => {
  it("reads a call whose input comes whole, without pieces", async () => {
    const events = await streamed([complete("a", '{"city":"Oslo"}'), finish("tool-calls")]);
    expect(withoutFinish(events)).toEqual(callEvents("a", ['{"city":"Oslo"}']));
    expect(events.at(-1)).toMatchObject({ type: "finish", reason: "tool-calls" });
  });

  it("adds what the pieces left out", async () => {
    const parts = [start("a"), delta("a", '{"ci'), complete("a", '{"city":1}'), finish("tool-calls")];
    expect(withoutFinish(await streamed(parts))).toEqual(callEvents("a", ['{"ci', 'ty":1}']));
  });

  it("keeps what was streamed when the whole input says it otherwise", async () => {
    const parts = [start("a"), delta("a", '{"city": 1}'), complete("a", '{"city":1}'), finish("tool-calls")];
    expect(withoutFinish(await streamed(parts))).toEqual(callEvents("a", ['{"city": 1}']));
  });

  it("takes only the whole input of a call whose pieces are plain text (V4)", async () => {
    const parts = [start("a", { inputEncoding: "text" }), delta("a", "say "), delta("a", '"hi"')];
    const events = await streamed([...parts, complete("a", '"say \\"hi\\""'), finish("tool-calls")]);
    expect(withoutFinish(events)).toEqual(callEvents("a", ['"say \\"hi\\""']));
  });

  it.each([undefined, ""])("gives {} for an input of %j", async (input) => {
    const events = await streamed([complete("a", input), finish("tool-calls")]);
    expect(withoutFinish(events)).toEqual(callEvents("a", ["{}"]));
  });

  it("reads calls that overlap", async () => {
    const parts = [
      start("a"),
      start("b"),
      delta("b", "{}"),
      delta("a", "[]"),
      complete("b", "{}"),
      complete("a", "[]"),
    ];
    const events = await streamed([...parts, finish("stop")]);
    expect(events.filter(({ type }) => type === "tool-call-end")).toMatchObject([
      { id: "a", arguments: "[]" },
      { id: "b", arguments: "{}" },
    ]);
    expect(events.at(-1)).toMatchObject({ reason: "tool-calls" });
  });

  it("leaves out calls that the vendor runs, and everything that is no text", async () => {
    const parts: AiSdkStreamPart[] = [
      { type: "stream-start" },
      { type: "reasoning-delta", id: "r", delta: "hm" },
      start("v", { providerExecuted: true }),
      delta("v", "{}"),
      complete("v", "{}", { providerExecuted: true }),
      { type: "tool-result", toolCallId: "v" },
      { type: "ping" },
      { type: "reasoning-file" },
      text("Hello"),
    ];
    const events = await streamed([...parts, finish("stop")]);
    expect(withoutFinish(events)).toEqual([{ type: "text-delta", delta: "Hello" }]);
    expect(events.at(-1)).toMatchObject({ reason: "stop" });
  });

  it.each([
    ["stop", "stop"],
    ["length", "length"],
    ["other", "other"],
    ["tool-calls", "other"],
  ])("reads the finish reason %s", async (word, reason) => {
    const v3 = await streamed([text("Hi"), finish(word)]);
    const v2 = await streamed([text("Hi"), { ...finish(word), finishReason: word }]);
    for (const events of [v3, v2]) expect(events.at(-1)).toMatchObject({ type: "finish", reason });
  });

  it.each<[string, readonly AiSdkStreamPart[], string]>([
    ["no finish", [text("Hi")], "provider_cut"],
    ["V2's unknown", [{ type: "finish", finishReason: "unknown", usage }], "provider_cut"],
    [
      "V3's other without a reason",
      [{ type: "finish", finishReason: { unified: "other" }, usage }],
      "provider_cut",
    ],
    ["V4's interrupted", [finish("interrupted")], "provider_cut"],
    ["a finish without a reason", [{ type: "finish" }], "provider_cut"],
    ["a filter", [finish("content-filter")], "provider_filtered"],
    ["a failure", [finish("error")], "provider_unavailable"],
    [
      "a call without an id",
      [{ type: "tool-call", toolName: "weather" }, finish("stop")],
      "provider_malformed",
    ],
    ["a call without a name", [{ type: "tool-input-start", id: "a" }, finish("stop")], "provider_malformed"],
    ["a call without its whole input", [start("a"), delta("a", "{}"), finish("stop")], "provider_malformed"],
  ])("refuses %s", async (_, parts, code) => {
    await expect(streamed(parts)).rejects.toSatisfy((error) => isGatewayError(error) && error.code === code);
  });

  it("does not end the last call of a reply that the token limit cut", async () => {
    const parts = [
      complete("a", "{}"),
      start("b"),
      delta("b", '{"ci'),
      complete("b", '{"ci'),
      finish("length"),
    ];
    const ended = (await streamed(parts)).filter(({ type }) => type === "tool-call-end");
    expect(ended).toMatchObject([{ id: "a" }]);
  });

  it("throws what the stream says has failed", async () => {
    const error = { code: "overloaded" };
    await expect(streamed([text("Hi"), { type: "error", error }, finish("error")])).rejects.toBe(error);
  });

  it("cancels the model's stream when nobody reads on", async () => {
    let cancelled = false;
    const stream = new ReadableStream<AiSdkStreamPart>({
      start: (controller) => controller.enqueue(text("Hi")),
      cancel() {
        cancelled = true;
      },
    });
    for await (const _ of readStream(stream, "openai.chat")) break;
    expect(cancelled).toBe(true);
  });
});

describe("readReply", () => {
  it("reads text and calls, and leaves out the rest", () => {
    const events = whole([
      { type: "reasoning", text: "hm" },
      { type: "text", text: "I look." },
      { type: "tool-call", toolCallId: "a", toolName: "weather", input: "{}" },
      { type: "tool-call", toolCallId: "v", toolName: "search", input: "{}", providerExecuted: true },
    ]);
    expect(withoutFinish(events)).toEqual([
      { type: "text-delta", delta: "I look." },
      ...callEvents("a", ["{}"]),
    ]);
    expect(events.at(-1)).toMatchObject({ reason: "tool-calls", usage: { inputTokens: 7, outputTokens: 3 } });
  });

  it.each([
    [true, "{}", "{}"],
    [true, "", ""],
    [false, "{}", "draft{}"],
  ])(
    "reads the JSON that V4 names apart (asked for JSON: %s, %j)",
    (asksJson, structuredOutputText, expected) => {
      const content = [
        { type: "text", text: "draft" },
        { type: "text", text: "{}" },
      ];
      const events = whole(content, { structuredOutputText }, asksJson);
      expect(events.map((event) => (event.type === "text-delta" ? event.delta : "")).join("")).toBe(expected);
    },
  );

  it.each<[string, unknown, string]>([
    ["a filter", { content: [], finishReason: "content-filter", usage }, "provider_filtered"],
    [
      "an interrupted reply",
      { content: [], finishReason: { unified: "interrupted" }, usage },
      "provider_cut",
    ],
    ["nothing", undefined, "provider_malformed"],
    ["no content", { finishReason: "stop", usage }, "provider_malformed"],
  ])("refuses %s", (_, result, code) => {
    const read = () => [
      ...readReply(result as AiSdkGenerateResult, { provider: "openai.chat", asksJson: false }), // as: a broken model
    ];
    expect(read).toThrow(expect.toSatisfy((error) => isGatewayError(error) && error.code === code));
  });
});
