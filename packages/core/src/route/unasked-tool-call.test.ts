import { describe, expect, it } from "vitest";
import { createAiGateway } from "../create-ai-gateway.js";
import type { Provider, ProviderEvent } from "../provider/provider.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";

const unasked: readonly ProviderEvent[] = [
  { type: "tool-call-start", id: "a", name: "weather" },
  { type: "tool-call-delta", id: "a", delta: "{}" },
  { type: "tool-call-end", id: "a", name: "weather", arguments: "{}" },
];

const yielding = (event: ProviderEvent): Provider => ({
  name: "talkative",
  model: "gpt-4o-mini",
  async *stream() {
    yield event;
    yield { type: "finish", reason: "tool-calls" };
  },
});

describe("a tool call that nobody asked for", () => {
  it.each(unasked)("is malformed, and the next target answers ($type)", async (event) => {
    const auditSink = memoryAuditSink();
    const gateway = createAiGateway({
      targets: [{ provider: yielding(event) }, { provider: fakeProvider([{ text: "Hello." }]) }],
      retry: { maxRetries: 0 },
      auditSink,
    });
    const { reply, metadata } = await gateway.chat({ message: "Hello" });
    expect([reply, metadata.provider]).toEqual(["Hello.", "fake"]);
    const outcomes = auditSink.records[0]?.attempts.map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["provider_malformed", "ok"]);
  });
});
