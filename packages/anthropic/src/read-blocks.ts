import type { RawContentBlockDelta, RawContentBlockStartEvent } from "@anthropic-ai/sdk/resources/messages";
import { type FinishReason, GatewayError, type ProviderEvent } from "@levqor/core";

type ContentBlock = RawContentBlockStartEvent["content_block"];

/** A `tool_use` block; `call` is absent for the tool that carries the structured reply. */
interface ToolBlock {
  readonly call: { readonly id: string; readonly name: string } | undefined;
  /** What the block began with: all of it in a plain reply, `{}` in a stream. */
  readonly input: string;
  text: string;
}

/** Turns content blocks into events. */
interface BlockReader {
  /** Calls so far, without that of the reply tool. */
  readonly toolCalls: number;
  start(index: number, block: ContentBlock): Generator<ProviderEvent>;
  add(index: number, delta: RawContentBlockDelta): Generator<ProviderEvent>;
  /** Ends the calls: only the reply's stop reason says whether the last one is whole. */
  end(reason: FinishReason): Generator<ProviderEvent>;
}

/** With a reply tool its input is the text, and text outside of it is dropped: the reply has to be JSON. */
export function readBlocks(replyTool: string | undefined): BlockReader {
  const blocks = new Map<number, ToolBlock>();
  const calls = () => [...blocks.values()].filter(({ call }) => call !== undefined);
  const inputDelta = (block: ToolBlock, delta: string): ProviderEvent => {
    block.text += delta;
    return block.call === undefined
      ? { type: "text-delta", delta }
      : { type: "tool-call-delta", id: block.call.id, delta };
  };
  return {
    get toolCalls() {
      return calls().length;
    },
    *start(index, block) {
      if (block?.type === "text" && block.text && replyTool === undefined) {
        yield { type: "text-delta", delta: block.text };
      }
      if (block?.type !== "tool_use") return; // thinking, and blocks of tools that run at the vendor
      const { id, name } = block;
      if (!id || !name) throw new GatewayError("provider_malformed", "A tool call has no id or no name.");
      const call = name === replyTool ? undefined : { id, name };
      blocks.set(index, { call, input: JSON.stringify(block.input ?? {}), text: "" });
      if (call !== undefined) yield { type: "tool-call-start", ...call };
    },
    *add(index, delta) {
      if (delta?.type === "text_delta" && delta.text && replyTool === undefined) {
        yield { type: "text-delta", delta: delta.text };
      }
      const block = blocks.get(index);
      if (delta?.type === "input_json_delta" && delta.partial_json && block !== undefined) {
        yield inputDelta(block, delta.partial_json);
      }
    },
    *end(reason) {
      const cut = reason === "length" ? [...blocks.values()].at(-1) : undefined;
      for (const block of blocks.values()) {
        if (block === cut) continue;
        if (block.text === "") yield inputDelta(block, block.input);
        if (block.call !== undefined) yield { type: "tool-call-end", ...block.call, arguments: block.text };
      }
    },
  };
}
