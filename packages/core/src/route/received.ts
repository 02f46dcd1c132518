import { GatewayError } from "../errors/gateway-error.js";
import type { RawReply } from "../output/output-reader.js";
import type { FinishReason, ProviderEvent, ToolCall, Usage } from "../provider/provider.js";

/** Longest reply that is taken, characters: an endless one must not fill the memory. */
const maxWrittenLength = 1_048_576;

/** What an attempt has received so far. */
export interface Received {
  /** Text, tool names and arguments, in the order they came. */
  readonly written: string;
  readonly usage: Usage | undefined;
  readonly finishReason: FinishReason | undefined;
  /** Takes an event in. @throws `provider_malformed` when it is too much */
  note(event: ProviderEvent): void;
  reply(): RawReply;
}

/** Nothing received yet. */
export function createReceived(): Received {
  const toolCalls: ToolCall[] = [];
  let text = "";
  let written = "";
  let usage: Usage | undefined;
  let finishReason: FinishReason | undefined;
  return {
    get written() {
      return written;
    },
    get usage() {
      return usage;
    },
    get finishReason() {
      return finishReason;
    },
    note(event) {
      if (event.type === "finish") {
        usage = countedUsage(event.usage);
        finishReason = event.reason;
      } else if (event.type === "tool-call-end") {
        const { id, name, arguments: json } = event;
        toolCalls.push({ id, name, arguments: json });
      } else {
        written += event.type === "tool-call-start" ? event.name : event.delta;
        if (event.type === "text-delta") text += event.delta;
        if (written.length > maxWrittenLength)
          throw new GatewayError("provider_malformed", "The reply is longer than any reply may be.");
      }
    },
    reply() {
      const cutOff = finishReason === "length" ? true : undefined;
      return { text, toolCalls: toolCalls.length > 0 ? toolCalls : undefined, cutOff };
    },
  };
}

/** What was reported, if it can be counted with: a report without numbers must not make a call free. */
function countedUsage(usage: Usage | undefined): Usage | undefined {
  const counted = usage !== undefined && isCount(usage.inputTokens) && isCount(usage.outputTokens);
  return counted ? usage : undefined;
}

const isCount = (value: number) => Number.isFinite(value) && value >= 0;
