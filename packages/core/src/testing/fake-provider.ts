import type { GatewayError } from "../errors/gateway-error.js";
import type { Provider, ProviderEvent, ProviderRequest, ToolCall, Usage } from "../provider/provider.js";
import { untilAborted } from "./until-aborted.js";

/** What one call of the fake does: text in pieces, then a finish; or the failure it ends with. */
export interface FakeReply {
  /** Pieces of text. @default [] */
  readonly text?: string | readonly string[] | undefined;
  /** Called after the text, each with its arguments in one piece. @default [] */
  readonly toolCalls?: readonly ToolCall[] | undefined;
  /** Thrown after the text. */
  readonly error?: GatewayError | undefined;
  /** Waits, after the text, until the signal aborts. */
  readonly hangs?: boolean | undefined;
  /** Ends after the text without a finish. */
  readonly cut?: boolean | undefined;
  /** Reported at the finish. @default 10 input and 5 output tokens; `null` reports nothing */
  readonly usage?: Usage | null | undefined;
}

/** A provider that does what the test says, and keeps what it was asked. */
export interface FakeProvider extends Provider {
  /** Every request it got, in order. */
  readonly requests: readonly ProviderRequest[];
  /** Calls that are running now. */
  readonly running: number;
}

/** Options of {@link fakeProvider}. */
export interface FakeProviderOptions {
  /** @default "fake" */
  readonly name?: string | undefined;
  /** @default "gpt-4o-mini", so that it has a price */
  readonly model?: string | undefined;
}

/**
 * A scripted provider for tests of applications: replies in order, the last one again and again.
 *
 * @example
 * const gateway = createAiGateway({ provider: fakeProvider([{ text: "Hello" }]) });
 */
export function fakeProvider(
  replies: readonly FakeReply[] | ((request: ProviderRequest) => FakeReply),
  { name = "fake", model = "gpt-4o-mini" }: FakeProviderOptions = {},
): FakeProvider {
  const requests: ProviderRequest[] = [];
  let running = 0;
  const replyTo = (request: ProviderRequest): FakeReply => {
    if (typeof replies === "function") return replies(request);
    return replies[Math.min(requests.length, replies.length) - 1] ?? {};
  };
  return {
    name,
    model,
    requests,
    get running() {
      return running;
    },
    async *stream(request, { signal }) {
      requests.push(request);
      const { text = [], toolCalls = [], error, hangs = false, cut = false, usage } = replyTo(request);
      running++;
      try {
        for (const delta of [text].flat()) {
          signal.throwIfAborted();
          yield { type: "text-delta", delta };
        }
        for (const call of toolCalls) yield* eventsOf(call);
        if (hangs) await untilAborted(signal);
        signal.throwIfAborted();
        if (error !== undefined) throw error;
        if (cut) return;
        const reported =
          usage === undefined ? { inputTokens: 10, outputTokens: 5, source: "reported" as const } : usage;
        const reason = toolCalls.length > 0 ? "tool-calls" : "stop";
        yield { type: "finish", reason, usage: reported ?? undefined };
      } finally {
        running--;
      }
    },
  };
}

function* eventsOf(call: ToolCall): Generator<ProviderEvent> {
  yield { type: "tool-call-start", id: call.id, name: call.name };
  yield { type: "tool-call-delta", id: call.id, delta: call.arguments };
  yield { type: "tool-call-end", ...call };
}
