import { isGatewayError } from "@levqor/core";
import { describe, expect, it } from "vitest";
import type { GatewayModelOptions, GatewayModelPart } from "./gateway-model.js";
import { toPrompt } from "./to-prompt.js";

const task = { maxOutputTokens: 256 };
const read = (options: Partial<GatewayModelOptions>) =>
  toPrompt({ prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }], ...options }, task);
const output = (type: string, value?: unknown, more: object = {}): GatewayModelPart => ({
  type: "tool-result",
  toolCallId: "a",
  toolName: "weather",
  output: { type, value, ...more },
});

describe("toPrompt", () => {
  it("reads a conversation with calls and results", () => {
    const { prompt, warnings } = read({
      prompt: [
        { role: "system", content: "Be brief." },
        { role: "system", content: "Be kind." },
        {
          role: "user",
          content: [
            { type: "text", text: "Weather?" },
            { type: "text", text: "In Oslo." },
          ],
        },
        {
          role: "assistant",
          content: [
            { type: "text", text: "I " },
            { type: "text", text: "look." },
            { type: "tool-call", toolCallId: "a", toolName: "weather", input: { city: "Oslo" } },
            { type: "tool-call", toolCallId: "b", toolName: "now", input: undefined },
          ],
        },
        { role: "tool", content: [output("text", "rain"), { ...output("json", { h: 9 }), toolCallId: "b" }] },
        { role: "assistant", content: [{ type: "text", text: "It rains." }] },
      ],
    });
    expect(warnings).toEqual([]);
    expect(prompt).toMatchObject({
      system: "Be brief.\n\nBe kind.",
      messages: [
        { role: "user", content: "Weather?\nIn Oslo." },
        {
          role: "assistant",
          content: "I look.",
          toolCalls: [
            { id: "a", name: "weather", arguments: '{"city":"Oslo"}' },
            { id: "b", name: "now", arguments: "{}" },
          ],
        },
        { role: "tool", toolCallId: "a", content: "rain" },
        { role: "tool", toolCallId: "b", content: '{"h":9}' },
        { role: "assistant", content: "It rains." },
      ],
    });
    expect(prompt.messages.at(-1)).not.toHaveProperty("toolCalls");
    expect(prompt).not.toHaveProperty("tools");
  });

  it.each<[GatewayModelPart, object]>([
    [output("text", "rain"), { content: "rain" }],
    [output("json", null), { content: "null" }],
    [output("json", [1]), { content: "[1]" }],
    [output("error-text", "no city"), { content: "no city", isError: true }],
    [output("error-json", { no: "city" }), { content: '{"no":"city"}', isError: true }],
    [output("execution-denied", undefined, { reason: "Not now." }), { content: "Not now.", isError: true }],
    [output("execution-denied"), { content: "The user denied that the tool is run.", isError: true }],
    [
      output("content", [
        { type: "text", text: "rain" },
        { type: "text", text: "later" },
      ]),
      { content: "rain\nlater" },
    ],
  ])("reads a tool's output: %j", (part, expected) => {
    const { prompt } = read({ prompt: [{ role: "tool", content: [part] }] });
    expect(prompt.messages).toEqual([{ role: "tool", toolCallId: "a", ...expected }]);
  });

  it("reads the result of a tool that ran at a vendor as one of ours", () => {
    const call = { type: "tool-call", toolCallId: "a", toolName: "search", input: {} };
    const { prompt } = read({ prompt: [{ role: "assistant", content: [call, output("text", "found")] }] });
    expect(prompt.messages).toMatchObject([
      { role: "assistant", toolCalls: [{ id: "a" }] },
      { role: "tool", toolCallId: "a", content: "found" },
    ]);
  });

  it.each<[GatewayModelOptions["prompt"], string]>([
    [[{ role: "user", content: [{ type: "file" }] }], "prompt[0].content[0]"],
    [[{ role: "user", content: [{ type: "text", text: "a" }, { type: "image" }] }], "prompt[0].content[1]"],
    [[{ role: "assistant", content: [{ type: "reasoning-file" }] }], "prompt[0].content[0]"],
    [[{ role: "assistant", content: [{ type: "custom" }] }], "prompt[0].content[0]"],
    [[{ role: "tool", content: [{ type: "tool-approval-response" }] }], "prompt[0].content[0]"],
    [
      [{ role: "tool", content: [output("content", [{ type: "text", text: "a" }, { type: "media" }])] }],
      "prompt[0].content[0].output.value[1]",
    ],
    [
      [{ role: "tool", content: [output("content", [{ type: "file-url" }])] }],
      "prompt[0].content[0].output.value[0]",
    ],
    [[{ role: "tool", content: [output("hologram")] }], "prompt[0].content[0].output"],
  ])("refuses content that can't be sent, and says where: %j", (prompt, path) => {
    expect(() => read({ prompt })).toThrow(
      expect.toSatisfy(
        (error) => isGatewayError(error, "invalid_input") && error.details.issues[0]?.path === path,
      ),
    );
  });

  it.each<[GatewayModelOptions["toolChoice"], unknown]>([
    [undefined, "auto"],
    [{ type: "auto" }, "auto"],
    [{ type: "none" }, "none"],
    [{ type: "required" }, "required"],
    [{ type: "tool", toolName: "weather" }, { name: "weather" }],
  ])("offers tools with the choice %j", (toolChoice, expected) => {
    const inputSchema = { type: "object", properties: {} };
    const tools = [{ type: "function", name: "weather", description: "Today's.", inputSchema }];
    const { prompt, warnings } = read({ tools, toolChoice });
    expect(prompt.toolChoice).toEqual(expected);
    expect(prompt.tools).toEqual([{ name: "weather", description: "Today's.", parameters: inputSchema }]);
    expect(warnings).toEqual([]);
  });

  it("asks for JSON, under a name that every vendor takes", () => {
    const schema = { type: "object", properties: {} };
    const format = { type: "json" as const, name: "my answer!", description: "The answer.", schema };
    expect(read({ responseFormat: format }).prompt.responseFormat).toEqual({
      name: "my_answer_",
      schema: { ...schema, description: "The answer." },
    });
    expect(read({ responseFormat: { type: "text" } }).prompt.responseFormat).toBeUndefined();
    const free = read({ responseFormat: { type: "json" } });
    expect(free.prompt.responseFormat).toEqual({ name: "response", schema: { type: "object" } });
    expect(free.warnings).toHaveLength(1);
  });

  it("warns of everything that is not done", () => {
    const { warnings } = read({
      stopSequences: ["x"],
      topP: 0.5,
      topK: 0,
      presencePenalty: 0,
      frequencyPenalty: 1,
      seed: 0,
      includeRawChunks: true,
      providerOptions: { openai: {} },
      reasoning: "high",
      headers: { "user-agent": "ai/6", "x-mine": "1" },
      maxOutputTokens: 257,
      tools: [
        { type: "provider", name: "search" },
        { type: "function", name: "weather", inputSchema: {}, strict: true, inputExamples: [{ input: {} }] },
      ],
      prompt: [
        {
          role: "assistant",
          content: [
            { type: "reasoning", text: "hm" },
            { type: "text", text: "Hi" },
          ],
        },
      ],
    });
    expect(warnings.map((warning) => (warning.type === "other" ? warning.message : warning.feature))).toEqual(
      [
        "stopSequences",
        "topP",
        "topK",
        "presencePenalty",
        "frequencyPenalty",
        "seed",
        "includeRawChunks",
        "providerOptions",
        "reasoning",
        "header x-mine",
        "tool search",
        "strict of tool weather",
        "inputExamples of tool weather",
        "maxOutputTokens is 256: the task allows no more.",
        "Reasoning of earlier turns is not sent.",
      ],
    );
  });

  it("does not warn of what was not asked for", () => {
    const { warnings, prompt } = read({
      stopSequences: [],
      providerOptions: {},
      includeRawChunks: false,
      reasoning: "provider-default",
      headers: { "user-agent": "ai/6" },
      maxOutputTokens: 256,
      temperature: 0.5,
    });
    expect(warnings).toEqual([]);
    expect(prompt).toMatchObject({ maxOutputTokens: 256, temperature: 0.5 });
  });
});
