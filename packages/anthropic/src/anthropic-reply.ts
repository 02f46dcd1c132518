import type {
  Message,
  RawMessageStreamEvent,
  StopReason,
  Usage as WireUsage,
} from "@anthropic-ai/sdk/resources/messages";
import { type FinishReason, GatewayError, type ProviderEvent, type Usage } from "@levqor/core";
import { readBlocks } from "./read-blocks.js";

/** Reads a reply that came in one piece. */
export function* readAnthropicReply(
  message: Message,
  replyTool: string | undefined,
): Generator<ProviderEvent> {
  if (!Array.isArray(message?.content)) {
    throw new GatewayError("provider_malformed", "The reply is not a message."); // a 200 was something else
  }
  refuseFiltered(message.stop_reason);
  const blocks = readBlocks(replyTool);
  for (const [index, block] of message.content.entries()) yield* blocks.start(index, block);
  const reason = toReason(message.stop_reason, blocks.toolCalls);
  yield* blocks.end(reason);
  yield { type: "finish", reason, usage: toUsage(message.usage) };
}

/** Reads a streamed reply. Ends without a `finish` only by throwing. */
export async function* readAnthropicStream(
  events: AsyncIterable<RawMessageStreamEvent>,
  replyTool: string | undefined,
): AsyncGenerator<ProviderEvent> {
  const blocks = readBlocks(replyTool);
  let stopReason: StopReason | null = null;
  let usage: CountedUsage = {};
  for await (const event of events) {
    switch (event?.type) {
      case "message_start":
        usage = event.message?.usage ?? usage;
        break;
      case "content_block_start":
        yield* blocks.start(event.index, event.content_block);
        break;
      case "content_block_delta":
        yield* blocks.add(event.index, event.delta);
        break;
      case "message_delta":
        stopReason = event.delta?.stop_reason ?? stopReason;
        usage = { ...usage, ...withoutNulls(event.usage) }; // totals so far
        refuseFiltered(stopReason);
        break;
    }
  }
  // Also when it was aborted: the SDK then ends the stream quietly.
  if (stopReason === null) throw new GatewayError("provider_cut", "The stream ended without a stop reason.");
  const reason = toReason(stopReason, blocks.toolCalls);
  yield* blocks.end(reason);
  yield { type: "finish", reason, usage: toUsage(usage) };
}

function refuseFiltered(reason: StopReason | null): void {
  if (reason === "refusal") {
    throw new GatewayError("provider_filtered", "The provider's content filter stopped the reply.");
  }
}

function toReason(reason: StopReason | null, toolCalls: number): FinishReason {
  switch (reason) {
    case "max_tokens":
    case "model_context_window_exceeded":
      return "length";
    case "tool_use": // of the tool that carries a structured reply, when there is no other call
      return toolCalls > 0 ? "tool-calls" : "stop";
    case "end_turn":
    case "stop_sequence":
      return "stop";
    default:
      return "other";
  }
}

type CountedUsage = {
  readonly [Field in
    | "input_tokens"
    | "output_tokens"
    | "cache_read_input_tokens"
    | "cache_creation_input_tokens"]?: WireUsage[Field] | undefined;
};

const withoutNulls = (usage: object | null | undefined): CountedUsage =>
  Object.fromEntries(Object.entries(usage ?? {}).filter(([, value]) => value !== null));

/** The wire counts cached tokens beside `input_tokens`, the gateway as a part of them. */
function toUsage(usage: CountedUsage | null | undefined): Usage | undefined {
  if (typeof usage?.input_tokens !== "number" || typeof usage.output_tokens !== "number") return undefined;
  const cachedInputTokens = usage.cache_read_input_tokens ?? 0;
  const cacheWriteTokens = usage.cache_creation_input_tokens ?? 0;
  return {
    inputTokens: usage.input_tokens + cachedInputTokens + cacheWriteTokens,
    outputTokens: usage.output_tokens,
    cachedInputTokens,
    cacheWriteTokens,
    source: "reported",
  };
}
