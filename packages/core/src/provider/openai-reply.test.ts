import type { ChatCompletion, ChatCompletionChunk } from "openai/resources/chat/completions";
import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { readOpenAiReply, readOpenAiStream } from "./openai-reply.js";
import type { ProviderEvent } from "./provider.js";

const completion = (choice: Partial<ChatCompletion.Choice>): ChatCompletion => ({
  id: "c",
  object: "chat.completion",
  created: 0,
  model: "m",
  choices: [
    {
      index: 0,
      logprobs: null,
      finish_reason: "stop",
      message: { role: "assistant", content: null, refusal: null },
      ...choice,
    },
  ],
});
const toolCall = { id: "a", type: "function" as const, function: { name: "now", arguments: "not JSON" } };
const withCall = { role: "assistant" as const, content: null, refusal: null, tool_calls: [toolCall] };

const reasonOf = (events: readonly ProviderEvent[]) => {
  const last = events.at(-1);
  return last?.type === "finish" ? last.reason : undefined;
};

async function* chunksOf(chunks: readonly ChatCompletionChunk[]) {
  yield* chunks;
}

describe("readOpenAiReply", () => {
  it("says that a forced call waits for its result, though the wire says stop", () => {
    expect(reasonOf([...readOpenAiReply(completion({ message: withCall }))])).toBe("tool-calls");
  });

  it("passes arguments that are no JSON on as text", () => {
    const events = [...readOpenAiReply(completion({ message: withCall, finish_reason: "tool_calls" }))];
    expect(events.at(-2)).toMatchObject({ type: "tool-call-end", arguments: "not JSON" });
  });

  it("says other when it does not know the reason", () => {
    expect(reasonOf([...readOpenAiReply(completion({ finish_reason: "function_call" }))])).toBe("other");
  });

  it("refuses a reply in which the model refuses", () => {
    const message = { role: "assistant" as const, content: null, refusal: "CANARY" };
    expect(() => [...readOpenAiReply(completion({ message }))]).toThrow(
      expect.toSatisfy((error) => isGatewayError(error, "provider_filtered")),
    );
  });
});

describe("readOpenAiStream", () => {
  it("takes a stream without chunks for one that was cut", async () => {
    await expect(async () => {
      for await (const _ of readOpenAiStream(chunksOf([])));
    }).rejects.toSatisfy((error) => isGatewayError(error, "provider_cut"));
  });
});
