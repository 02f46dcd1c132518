import { isGatewayError, type ProviderRequest } from "@levqor/core";
import { describe, expect, it } from "vitest";
import { toCallOptions } from "./to-call-options.js";

const request: ProviderRequest = {
  model: "m",
  prompt: { system: "Be brief.", messages: [{ role: "user", content: "hello" }] },
  maxOutputTokens: 16,
  temperature: 0.5,
  incremental: false,
};
const call = (id: string, written: string) => ({ id, name: "weather", arguments: written });

describe("toCallOptions", () => {
  it("sends system text, messages, token limit and temperature, and nothing that was not asked for", () => {
    expect(toCallOptions(request)).toEqual({
      prompt: [
        { role: "system", content: "Be brief." },
        { role: "user", content: [{ type: "text", text: "hello" }] },
      ],
      maxOutputTokens: 16,
      temperature: 0.5,
    });
  });

  it("asks for JSON of a shape", () => {
    const schema = { type: "object", properties: {} };
    const { responseFormat } = toCallOptions({ ...request, responseFormat: { name: "shape", schema } });
    expect(responseFormat).toEqual({ type: "json", name: "shape", schema });
  });

  it.each<[ProviderRequest["toolChoice"], unknown]>([
    [undefined, { type: "auto" }],
    ["none", { type: "none" }],
    ["required", { type: "required" }],
    [{ name: "weather" }, { type: "tool", toolName: "weather" }],
  ])("offers tools with the choice %j", (toolChoice, expected) => {
    const parameters = { type: "object", properties: {} };
    const tools = [
      { name: "weather", description: "Today's.", parameters },
      { name: "now", parameters },
    ];
    const sent = toCallOptions({ ...request, tools, toolChoice });
    expect(sent.toolChoice).toEqual(expected);
    expect(sent.tools).toEqual([
      { type: "function", name: "weather", description: "Today's.", inputSchema: parameters },
      { type: "function", name: "now", inputSchema: parameters },
    ]);
  });

  it("sends no choice without tools", () => {
    const sent = toCallOptions({ ...request, tools: [], toolChoice: "required" });
    expect(sent).not.toHaveProperty("tools");
    expect(sent).not.toHaveProperty("toolChoice");
  });

  it("keeps a turn's results together, under the names of their calls", () => {
    const { prompt } = toCallOptions({
      ...request,
      prompt: {
        messages: [
          {
            role: "assistant",
            content: "I look.",
            toolCalls: [call("a", '{"city":"Oslo"}'), call("b", "[1]")],
          },
          { role: "tool", toolCallId: "a", content: "rain" },
          { role: "tool", toolCallId: "b", content: "no city", isError: true },
          { role: "assistant", content: "", toolCalls: [call("c", "no JSON")] },
          { role: "tool", toolCallId: "c", content: "sun" },
          { role: "assistant", content: "" },
        ],
      },
    });
    const part = { type: "tool-call", toolName: "weather" };
    const result = { type: "tool-result", toolName: "weather" };
    expect(prompt).toEqual([
      {
        role: "assistant",
        content: [
          { type: "text", text: "I look." },
          { ...part, toolCallId: "a", input: { city: "Oslo" } },
          { ...part, toolCallId: "b", input: { arguments: "[1]" } },
        ],
      },
      {
        role: "tool",
        content: [
          { ...result, toolCallId: "a", output: { type: "text", value: "rain" } },
          { ...result, toolCallId: "b", output: { type: "error-text", value: "no city" } },
        ],
      },
      { role: "assistant", content: [{ ...part, toolCallId: "c", input: { arguments: "no JSON" } }] },
      { role: "tool", content: [{ ...result, toolCallId: "c", output: { type: "text", value: "sun" } }] },
      { role: "assistant", content: [{ type: "text", text: "" }] },
    ]);
  });

  it("refuses a result of no call", () => {
    const messages = [{ role: "tool" as const, toolCallId: "x", content: "rain" }];
    expect(() => toCallOptions({ ...request, prompt: { messages } })).toThrow(
      expect.toSatisfy((error) => isGatewayError(error, "provider_rejected")),
    );
  });
});
