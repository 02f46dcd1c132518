import type { ConversationOutput, TaskReply } from "@levqor/core";
import type { GatewayModelFinish, GatewayModelMetadata, GatewayModelUsage } from "./gateway-model.js";

/** What the end of a reply says. */
export interface ReplyDescription {
  readonly finishReason: GatewayModelFinish;
  readonly usage: GatewayModelUsage;
  readonly providerMetadata: GatewayModelMetadata;
  readonly response: { readonly id: string; readonly modelId: string };
}

/** Puts a reply's metadata into the AI SDK's words. `name` stands for the model when none answered. */
export function describeReply(
  { metadata, tool_calls }: TaskReply<ConversationOutput>,
  name: string,
): ReplyDescription {
  const { request_id, cost_usd, source, usage, provider, model, degraded, truncated } = metadata;
  const ended = tool_calls.length > 0 ? "tool-calls" : "stop";
  return {
    finishReason: { unified: metadata.cut_off ? "length" : ended, raw: undefined },
    usage: {
      inputTokens: {
        total: usage.input_tokens,
        noCache: undefined,
        cacheRead: undefined,
        cacheWrite: undefined,
      },
      outputTokens: { total: usage.output_tokens, text: undefined, reasoning: undefined },
    },
    providerMetadata: {
      levqor: {
        request_id,
        cost_usd,
        source,
        ...(provider === undefined ? {} : { provider }),
        ...(model === undefined ? {} : { model }),
        ...(degraded === undefined ? {} : { degraded }),
        ...(truncated === undefined ? {} : { truncated: [...truncated] }),
      },
    },
    response: { id: request_id, modelId: model ?? name },
  };
}
