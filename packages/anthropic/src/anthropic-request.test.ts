import type { ProviderRequest } from "@levqor/core";
import { describe, expect, it } from "vitest";
import { toAnthropicRequest } from "./anthropic-request.js";

const called = (id: string) => ({
  role: "assistant" as const,
  content: "",
  toolCalls: [{ id, name: "now", arguments: "{}" }],
});
const result = (toolCallId: string) => ({ role: "tool" as const, toolCallId, content: "noon" });

const requestOf = (messages: ProviderRequest["prompt"]["messages"]): ProviderRequest => ({
  model: "claude-haiku-4-5",
  prompt: { messages },
  maxOutputTokens: 16,
  temperature: 0,
  incremental: false,
});

describe("toAnthropicRequest", () => {
  it("puts results behind the turn that they belong to", () => {
    const { body } = toAnthropicRequest(requestOf([called("a"), result("a"), called("b"), result("b")]));
    expect(body.messages.map(({ role }) => role)).toEqual(["assistant", "user", "assistant", "user"]);
    expect(body.messages[3]?.content).toMatchObject([{ type: "tool_result", tool_use_id: "b" }]);
  });

  it("sends no system text, no tools and no choice when there are none", () => {
    const { body, replyTool } = toAnthropicRequest(requestOf([{ role: "user", content: "Hello" }]));
    expect(Object.keys(body).sort()).toEqual(["max_tokens", "messages", "model"]);
    expect(replyTool).toBeUndefined();
  });

  it("heeds no choice of a tool when there are no tools", () => {
    const request = { ...requestOf([{ role: "user", content: "Hello" }]), toolChoice: { name: "now" } };
    expect(toAnthropicRequest(request).body.tool_choice).toBeUndefined();
    const responseFormat = { name: "shape", schema: { type: "object" } };
    const { body, replyTool } = toAnthropicRequest({ ...request, responseFormat });
    expect(body.tool_choice).toEqual({ type: "tool", name: replyTool });
  });

  it.each(["[1]", "null", "7", '"text"', "", "{"])(
    "gives arguments that are no object back as text: %s",
    (text) => {
      const turn = {
        role: "assistant" as const,
        content: "",
        toolCalls: [{ id: "a", name: "now", arguments: text }],
      };
      const { body } = toAnthropicRequest(requestOf([turn]));
      expect(body.messages[0]?.content).toMatchObject([{ type: "tool_use", input: { arguments: text } }]);
    },
  );
});
