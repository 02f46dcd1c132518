import { uiMessageChunkSchema } from "ai";
import { describe, expect, it } from "vitest";
import type { AnyTask } from "../define-task.js";
import type { TaskEvent } from "../pipeline/task-call.js";
import { scriptedGateway, scriptedReply } from "../testing/scripted-gateway.js";
import { createEventChunks } from "./event-chunks.js";
import type { UiMessageChunk } from "./ui-message-chunk.js";

const { tasks } = scriptedGateway({ answer: () => ({ [Symbol.asyncIterator]: () => expect.unreachable() }) });
const taskNamed = (name: string) => tasks[name] as AnyTask;

/** What the events become; every chunk but `reset-step` is one that the AI SDK's own schema takes. */
async function chunksOf(events: readonly TaskEvent<object>[], task = "chat"): Promise<UiMessageChunk[]> {
  const chunks = events.flatMap(createEventChunks(taskNamed(task)));
  for (const chunk of chunks) {
    const { success } = (await uiMessageChunkSchema().validate?.(chunk)) ?? { success: false };
    expect(success, chunk.type).toBe(chunk.type !== "reset-step");
  }
  return chunks;
}

const text = (delta: string) => ({ type: "text-delta", delta }) as const;
const finish = (output: object) => ({ type: "finish", reply: scriptedReply(output) }) as const;
const call = (id: string, args: string): TaskEvent<object>[] => [
  { type: "tool-call-start", id, name: "look_up" },
  { type: "tool-call-delta", id, delta: args },
  { type: "tool-call-end", id, name: "look_up", arguments: args },
];
const { metadata } = scriptedReply({});
const closing = [{ type: "finish-step" }, { type: "finish", messageMetadata: metadata }];

describe("createEventChunks", () => {
  it("makes text one part, and its reply the end", async () => {
    expect(await chunksOf([text("Hel"), text("lo"), finish({ reply: "Hello" })])).toEqual([
      { type: "text-start", id: "text-1" },
      { type: "text-delta", id: "text-1", delta: "Hel" },
      { type: "text-delta", id: "text-1", delta: "lo" },
      { type: "text-end", id: "text-1" },
      ...closing,
    ]);
  });

  it("tells a tool call piece by piece, then whole, with its arguments as a value", async () => {
    expect((await chunksOf(call("call-1", '{"q":"a"}'))).slice(0, 3)).toEqual([
      { type: "tool-input-start", toolCallId: "call-1", toolName: "look_up" },
      { type: "tool-input-delta", toolCallId: "call-1", inputTextDelta: '{"q":"a"}' },
      { type: "tool-input-available", toolCallId: "call-1", toolName: "look_up", input: { q: "a" } },
    ]);
  });

  it.each([
    ["", {}],
    [" \n", {}],
    ["[1]", [1]],
    ["null", null],
  ])("takes the arguments %j", async (args, input) => {
    expect((await chunksOf(call("call-1", args))).at(-1)).toEqual({
      type: "tool-input-available",
      toolCallId: "call-1",
      toolName: "look_up",
      input,
    });
  });

  it.each(['{"q":', "look up a", "{'q':1}"])("says that %j is no JSON, and shows it", async (args) => {
    expect((await chunksOf(call("call-1", args))).at(-1)).toEqual({
      type: "tool-input-error",
      toolCallId: "call-1",
      toolName: "look_up",
      input: args,
      errorText: "The arguments are not valid JSON.",
    });
  });

  it("keeps calls apart that overlap, and text around them in one part", async () => {
    const [startA, deltaA, endA] = call("a", '{"n":1}');
    const [startB, deltaB, endB] = call("b", '{"n":2}');
    const events = [text("Let me "), startA, startB, deltaB, text("see."), deltaA, endA, endB];
    const reply = finish({ reply: "Let me see.", tool_calls: [] });
    const chunks = await chunksOf([...(events as TaskEvent<object>[]), reply]);
    expect(chunks.filter(({ type }) => type === "text-start")).toHaveLength(1);
    expect(chunks.filter(({ type }) => type === "tool-input-available")).toMatchObject([
      { toolCallId: "a", input: { n: 1 } },
      { toolCallId: "b", input: { n: 2 } },
    ]);
    expect(chunks).toContainEqual({ type: "data-output", data: reply.reply });
  });

  it("gives all snapshots of an object one id, so that each replaces the one before", async () => {
    const reply = finish({ summary: "s", steps: ["a"] });
    const chunks = await chunksOf(
      [
        { type: "partial", partial: {} },
        { type: "partial", partial: { summary: "s" } },
        { type: "partial", partial: { summary: "s", steps: ["a"] } },
        reply,
      ],
      "debug",
    );
    expect(chunks).toEqual([
      { type: "data-partial", id: "partial", data: {} },
      { type: "data-partial", id: "partial", data: { summary: "s" } },
      { type: "data-partial", id: "partial", data: { summary: "s", steps: ["a"] } },
      { type: "data-output", data: reply.reply },
      ...closing,
    ]);
  });

  it("begins a new text part after each reset", async () => {
    const reset = { type: "reset" } as const;
    const events = [text("One"), reset, reset, text("Two"), text("!"), finish({ reply: "Two!" })];
    expect(await chunksOf(events)).toEqual([
      { type: "text-start", id: "text-1" },
      { type: "text-delta", id: "text-1", delta: "One" },
      { type: "reset-step" },
      { type: "reset-step" },
      { type: "text-start", id: "text-3" },
      { type: "text-delta", id: "text-3", delta: "Two" },
      { type: "text-delta", id: "text-3", delta: "!" },
      { type: "text-end", id: "text-3" },
      ...closing,
    ]);
  });

  it("shows the text of a reply that came in one piece, also after a reset", async () => {
    const whole = (id: string) => [
      { type: "text-start", id },
      { type: "text-delta", id, delta: "Hello" },
      { type: "text-end", id },
      ...closing,
    ];
    expect(await chunksOf([finish({ reply: "Hello" })])).toEqual(whole("text-1"));
    const events = [text("Hi"), { type: "reset" } as const, finish({ reply: "Hello" })];
    expect((await chunksOf(events)).slice(3)).toEqual(whole("text-2"));
  });
});
