import type { RawContentBlockDelta, RawContentBlockStartEvent } from "@anthropic-ai/sdk/resources/messages";
import { isGatewayError, type ProviderEvent } from "@levqor/core";
import { describe, expect, it } from "vitest";
import { readBlocks } from "./read-blocks.js";

type Block = RawContentBlockStartEvent["content_block"];

const text = (content: string): Block => ({ type: "text", text: content, citations: null });
const call = (id: string, name: string, input: unknown): Block => ({
  type: "tool_use",
  id,
  name,
  input,
  caller: { type: "direct" },
});
const json = (partial_json: string): RawContentBlockDelta => ({ type: "input_json_delta", partial_json });

/** Reads whole blocks, then the end of the reply. */
function read(blocks: readonly Block[], replyTool?: string): ProviderEvent[] {
  const reader = readBlocks(replyTool);
  return [...blocks.flatMap((block, index) => [...reader.start(index, block)]), ...reader.end("tool-calls")];
}

describe("readBlocks", () => {
  it("reads text and calls of a reply in one piece", () => {
    expect(read([text("I look."), call("a", "weather", { city: "Oslo" })])).toEqual([
      { type: "text-delta", delta: "I look." },
      { type: "tool-call-start", id: "a", name: "weather" },
      { type: "tool-call-delta", id: "a", delta: '{"city":"Oslo"}' },
      { type: "tool-call-end", id: "a", name: "weather", arguments: '{"city":"Oslo"}' },
    ]);
  });

  it("keeps calls apart whose pieces come mixed", () => {
    const reader = readBlocks(undefined);
    const events = [
      ...reader.start(0, call("a", "one", {})),
      ...reader.start(1, call("b", "two", {})),
      ...reader.add(1, json('{"y"')),
      ...reader.add(0, json('{"x":1}')),
      ...reader.add(1, json(":2}")),
      ...reader.end("tool-calls"),
    ];
    expect(events.filter(({ type }) => type === "tool-call-end")).toEqual([
      { type: "tool-call-end", id: "a", name: "one", arguments: '{"x":1}' },
      { type: "tool-call-end", id: "b", name: "two", arguments: '{"y":2}' },
    ]);
  });

  it("gives the reply tool's input as text, drops other text and does not count it as a call", () => {
    const reader = readBlocks("reply_as_shape");
    const events = [
      ...reader.start(0, text("Here it is:")),
      ...reader.start(1, call("a", "reply_as_shape", {})),
      ...reader.add(1, json('{"ok":')),
      ...reader.add(1, json("true}")),
      ...reader.end("stop"),
    ];
    expect(events).toEqual([
      { type: "text-delta", delta: '{"ok":' },
      { type: "text-delta", delta: "true}" },
    ]);
    expect(reader.toolCalls).toBe(0);
  });

  it("passes by thinking, and pieces of blocks that it does not know", () => {
    const reader = readBlocks(undefined);
    const thinking: Block = { type: "thinking", thinking: "CANARY", signature: "s" };
    const events = [
      ...reader.start(0, thinking),
      ...reader.add(0, { type: "thinking_delta", thinking: "CANARY" }),
      ...reader.add(9, json("{}")),
      ...reader.end("stop"),
    ];
    expect(events).toEqual([]);
  });

  it("ends all calls but the last when the token limit was hit", () => {
    const reader = readBlocks(undefined);
    const events = [
      ...reader.start(0, call("a", "one", {})),
      ...reader.start(1, call("b", "two", {})),
      ...reader.end("length"),
    ];
    expect(events.flatMap((event) => (event.type === "tool-call-end" ? [event.id] : []))).toEqual(["a"]);
  });

  it("refuses a call without an id", () => {
    expect(() => read([call("", "weather", {})])).toThrow(
      expect.toSatisfy((error) => isGatewayError(error, "provider_malformed")),
    );
  });
});
