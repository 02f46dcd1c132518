import { type FinishReason, GatewayError, type ProviderEvent } from "@levqor/core";
import type { AiSdkContent, AiSdkStreamPart } from "./ai-sdk-model.js";

interface OpenCall {
  readonly id: string;
  readonly name: string;
  /** Whether its deltas are no JSON, so that only its whole input counts. */
  readonly isText: boolean;
  text: string;
  isWhole: boolean;
}

/** The tool calls of one reply. Calls of tools that run at the vendor are left out: nobody offers such. */
interface ToolCallCollector {
  readonly count: number;
  /** A `tool-input-start`. */
  start(part: AiSdkStreamPart): Generator<ProviderEvent>;
  /** A `tool-input-delta`. */
  add(part: AiSdkStreamPart): Generator<ProviderEvent>;
  /** A `tool-call`, of a stream or of a whole reply: the whole input, whether or not pieces of it came before. */
  complete(part: AiSdkStreamPart | AiSdkContent): Generator<ProviderEvent>;
  /** Ends the calls: only the reply's finish reason says whether the last one is whole. */
  end(reason: FinishReason): Generator<ProviderEvent>;
}

/** Turns parts of tool calls into events. */
export function collectToolCalls(): ToolCallCollector {
  const calls = new Map<string, OpenCall>();
  function* open(id: string | undefined, name: string | undefined, isText: boolean) {
    if (!id || !name) throw new GatewayError("provider_malformed", "A tool call has no id or no name.");
    const call: OpenCall = { id, name, isText, text: "", isWhole: false };
    calls.set(id, call);
    yield { type: "tool-call-start", id, name } satisfies ProviderEvent;
    return call;
  }
  function* append(call: OpenCall, delta: string): Generator<ProviderEvent> {
    if (delta === "") return;
    call.text += delta;
    yield { type: "tool-call-delta", id: call.id, delta };
  }
  return {
    get count() {
      return calls.size;
    },
    *start({ id, toolName, providerExecuted, inputEncoding }) {
      if (!providerExecuted) yield* open(id, toolName, inputEncoding === "text");
    },
    *add({ id = "", delta = "" }) {
      const call = calls.get(id);
      if (call !== undefined && !call.isText) yield* append(call, delta);
    },
    *complete({ toolCallId = "", toolName, input = "", providerExecuted }) {
      if (providerExecuted) return;
      const call = calls.get(toolCallId) ?? (yield* open(toolCallId, toolName, false));
      call.isWhole = true;
      if (input.startsWith(call.text)) yield* append(call, input.slice(call.text.length)); // else what streamed counts
    },
    *end(reason) {
      const all = [...calls.values()];
      for (const call of reason === "length" ? all.slice(0, -1) : all) {
        if (!call.isWhole) throw new GatewayError("provider_malformed", "A tool call is not complete.");
        if (call.text === "") yield* append(call, "{}");
        yield { type: "tool-call-end", id: call.id, name: call.name, arguments: call.text };
      }
    },
  };
}
