import { type FinishReason, GatewayError, type ProviderEvent } from "@levqor/core";
import type { AiSdkFinishReason, AiSdkGenerateResult, AiSdkStreamPart } from "./ai-sdk-model.js";
import { collectToolCalls } from "./collect-tool-calls.js";
import { readUsage } from "./read-usage.js";

/** Reads a reply that came in one piece. `provider` is the model's; `asksJson` says that a format was asked for. */
export function* readReply(
  result: AiSdkGenerateResult,
  { provider, asksJson }: { readonly provider: string; readonly asksJson: boolean },
): Generator<ProviderEvent> {
  if (!Array.isArray(result?.content)) {
    throw new GatewayError("provider_malformed", "The model gave something else than a reply.");
  }
  const json = asksJson ? result.structuredOutputText : undefined;
  if (json) yield { type: "text-delta", delta: json };
  const calls = collectToolCalls();
  for (const part of result.content) {
    if (part.type === "text" && part.text && json === undefined)
      yield { type: "text-delta", delta: part.text };
    if (part.type === "tool-call") yield* calls.complete(part);
  }
  const reason = toReason(result.finishReason, calls.count);
  yield* calls.end(reason);
  yield { type: "finish", reason, usage: readUsage(result.usage, provider) };
}

/** Reads a streamed reply. Ends without a `finish` only by throwing. */
export async function* readStream(
  stream: ReadableStream<AiSdkStreamPart>,
  provider: string,
): AsyncGenerator<ProviderEvent> {
  const calls = collectToolCalls();
  let finish: AiSdkStreamPart | undefined;
  for await (const part of stream) {
    switch (part.type) {
      case "text-delta":
        if (part.delta) yield { type: "text-delta", delta: part.delta };
        break;
      case "tool-input-start":
        yield* calls.start(part);
        break;
      case "tool-input-delta":
        yield* calls.add(part);
        break;
      case "tool-call":
        yield* calls.complete(part);
        break;
      case "error":
        throw part.error;
      case "finish":
        finish = part;
        break;
      default: // reasoning, sources, files, metadata, pings: not read
    }
  }
  if (finish === undefined || hasNoEndMark(finish.finishReason)) {
    throw new GatewayError("provider_cut", "The stream ended without a finish reason.");
  }
  const reason = toReason(finish.finishReason, calls.count);
  yield* calls.end(reason);
  yield { type: "finish", reason, usage: readUsage(finish.usage, provider) };
}

/** The word for a stream in which the vendor gave no reason: `unknown` in V2, `other` without a word of the vendor's in V3. */
function hasNoEndMark(reason: AiSdkFinishReason | undefined): boolean {
  if (typeof reason !== "object") return reason === undefined || reason === "unknown";
  return reason.unified === "other" && reason.raw === undefined;
}

/** A call that was forced ends with `stop` on some wires. */
function toReason(reason: AiSdkFinishReason | undefined, toolCalls: number): FinishReason {
  const word = typeof reason === "object" ? reason.unified : reason;
  switch (word) {
    case "content-filter":
      throw new GatewayError("provider_filtered", "The provider's content filter stopped the reply.");
    case "error":
      throw new GatewayError("provider_unavailable", "The provider failed in the middle of the reply.");
    case "interrupted": // V4
      throw new GatewayError("provider_cut", "The reply was interrupted.");
    case "length":
      return "length";
    default:
      if (toolCalls > 0) return "tool-calls";
      return word === "stop" ? "stop" : "other";
  }
}
