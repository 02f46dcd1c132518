import type { ChatCompletion, ChatCompletionChunk } from "openai/resources/chat/completions";
import { GatewayError } from "../errors/gateway-error.js";
import { collectToolCalls, type ToolCallCollector } from "./openai-tool-calls.js";
import type { FinishReason, ProviderEvent, Usage } from "./provider.js";

/** Reads a reply that came in one piece. */
export function* readOpenAiReply(completion: ChatCompletion): Generator<ProviderEvent> {
  const choice = completion?.choices?.[0]; // absent when a 200 was something else than a completion
  if (choice?.message === undefined)
    throw new GatewayError("provider_malformed", "The reply is not a chat completion.");
  refuseFiltered(choice.finish_reason, choice.message.refusal);
  if (choice.message.content) yield { type: "text-delta", delta: choice.message.content };
  let calls: ToolCallCollector | undefined;
  if (choice.message.tool_calls) {
    calls = collectToolCalls();
    yield* calls.add(choice.message.tool_calls);
  }
  const reason = toReason(choice.finish_reason, calls?.count);
  if (calls) yield* calls.end(reason);
  yield { type: "finish", reason, usage: toUsage(completion.usage) };
}

/** Reads a streamed reply. Ends without a `finish` only by throwing. */
export async function* readOpenAiStream(
  chunks: AsyncIterable<ChatCompletionChunk>,
): AsyncGenerator<ProviderEvent> {
  let calls: ToolCallCollector | undefined;
  let finishReason: string | undefined;
  let usage: Usage | undefined;
  for await (const chunk of chunks) {
    usage = toUsage(chunk?.usage) ?? usage;
    const choice = chunk?.choices?.[0];
    if (choice === undefined) continue; // the last chunk holds only usage
    refuseFiltered(choice.finish_reason, choice.delta?.refusal);
    if (choice.delta?.content) yield { type: "text-delta", delta: choice.delta.content };
    if (choice.delta?.tool_calls) {
      calls ??= collectToolCalls();
      yield* calls.add(choice.delta.tool_calls);
    }
    if (choice.finish_reason) finishReason = choice.finish_reason;
  }
  // Also when it was aborted: the SDK then ends the stream quietly.
  if (finishReason === undefined)
    throw new GatewayError("provider_cut", "The stream ended without a finish reason.");
  const reason = toReason(finishReason, calls?.count);
  if (calls) yield* calls.end(reason);
  yield { type: "finish", reason, usage };
}

function refuseFiltered(reason: string | null, refusal: string | null | undefined): void {
  if (reason === "content_filter" || refusal) {
    throw new GatewayError("provider_filtered", "The provider's content filter stopped the reply.");
  }
}

/** A call that was forced ends with `stop` on OpenAI's own wire. */
function toReason(reason: string | null, toolCalls = 0): FinishReason {
  if (reason === "length") return "length";
  if (toolCalls > 0) return "tool-calls";
  return reason === "stop" ? "stop" : "other";
}

function toUsage(usage: ChatCompletion["usage"] | null): Usage | undefined {
  if (!usage) return undefined;
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens,
    cachedInputTokens: usage.prompt_tokens_details?.cached_tokens,
    source: "reported",
  };
}
