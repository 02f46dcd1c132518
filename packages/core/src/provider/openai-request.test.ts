import { describe, expect, it } from "vitest";
import { toOpenAiBody } from "./openai-request.js";
import type { ProviderRequest } from "./provider.js";

const request: ProviderRequest = {
  model: "gpt-4o-mini",
  prompt: { system: "Be brief.", messages: [{ role: "user", content: "hello" }] },
  maxOutputTokens: 16,
  temperature: 0.5,
  incremental: false,
};
const parameters = { type: "object", properties: { city: { type: "string" } } };

describe("toOpenAiBody", () => {
  it("sends nothing of tools when there are none", () => {
    const expected = {
      model: "gpt-4o-mini",
      temperature: 0.5,
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "hello" },
      ],
    };
    expect(toOpenAiBody(request)).toEqual(expected);
    expect(toOpenAiBody({ ...request, tools: [], toolChoice: "required" })).toEqual(expected);
  });

  it("sends tools, with or without a description", () => {
    const tools = [
      { name: "weather", description: "Today's weather.", parameters },
      { name: "now", parameters },
    ];
    expect(toOpenAiBody({ ...request, tools })).toMatchObject({
      tools: [
        { type: "function", function: { name: "weather", description: "Today's weather.", parameters } },
        { type: "function", function: { name: "now", parameters } },
      ],
      tool_choice: "auto",
    });
  });

  it.each([
    ["none", "none"],
    ["required", "required"],
    [{ name: "now" }, { type: "function", function: { name: "now" } }],
  ] as const)("sends the choice %j", (toolChoice, expected) => {
    const tools = [{ name: "now", parameters }];
    expect(toOpenAiBody({ ...request, tools, toolChoice }).tool_choice).toEqual(expected);
  });

  it("sends calls and their results; a failure is said in words, for which the wire has no mark", () => {
    const calls = [
      { id: "a", name: "weather", arguments: '{"city":"Oslo"}' },
      { id: "b", name: "now", arguments: "{}" },
    ];
    const { messages } = toOpenAiBody({
      ...request,
      prompt: {
        messages: [
          { role: "assistant", content: "", toolCalls: calls },
          { role: "tool", toolCallId: "a", content: "rain" },
          { role: "tool", toolCallId: "b", content: "no clock", isError: true },
        ],
      },
    });
    expect(messages).toEqual([
      {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "a", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } },
          { id: "b", type: "function", function: { name: "now", arguments: "{}" } },
        ],
      },
      { role: "tool", tool_call_id: "a", content: "rain" },
      { role: "tool", tool_call_id: "b", content: "Error: no clock" },
    ]);
  });
});
