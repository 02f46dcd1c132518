import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import type { Prompt, ToolCall } from "../provider/provider.js";
import { conversationTask } from "../tasks/conversation/conversation-task.js";
import { type FakeReply, fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import type { TaskEvent } from "./task-call.js";

const silent = { info() {}, warn() {}, error() {} };
const agent = conversationTask({ name: "agent", allow: "anyone", maxOutputTokens: 500 });
const find = { name: "find", parameters: { type: "object", properties: { email: { type: "string" } } } };
const email = "ada@example.com";
const ask = (content: string, more: Partial<Prompt> = {}): Prompt => ({
  messages: [{ role: "user", content }],
  tools: [find],
  ...more,
});

function gatewayOver(replies: Parameters<typeof fakeProvider>[0], options: AiGatewayOptions = {}) {
  const provider = fakeProvider(replies);
  const auditSink = memoryAuditSink();
  const gateway = createAiGateway({ provider, auditSink, logger: silent, ...options });
  return { gateway, provider, auditSink };
}

/** Calls `find` with whatever address it was shown. */
const callsFind: (request: { readonly prompt: Prompt }) => FakeReply = ({ prompt }) => {
  const shown = /\[EMAIL\w*\]|\S+@\S+/.exec(String(prompt.messages.at(-1)?.content))?.[0] ?? "none";
  const call = { id: "call-1", name: "find", arguments: JSON.stringify({ email: shown }) };
  return { text: "Looking.", toolCalls: [call] };
};

async function collect(events: AsyncIterable<TaskEvent<object>>) {
  const collected: TaskEvent<object>[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

describe("a conversation with tools", () => {
  it("masks what leaves and restores the arguments that come back, whole and streamed", async () => {
    const { gateway, provider } = gatewayOver(callsFind);
    const { text, tool_calls } = await gateway.run(agent, ask(`Who is ${email}`));
    const expected = { id: "call-1", name: "find", arguments: JSON.stringify({ email }) };
    expect({ text, tool_calls }).toEqual({ text: "Looking.", tool_calls: [expected] });
    const events = await collect(gateway.stream(agent, ask(`Who is ${email}`)));
    expect(events.map(({ type }) => type)).toEqual([
      "text-delta",
      "tool-call-start",
      "tool-call-delta",
      "tool-call-end",
      "finish",
    ]);
    expect(events[2]).toMatchObject({ id: "call-1", delta: expected.arguments });
    expect(events[3]).toMatchObject(expected);
    expect(JSON.stringify(provider.requests)).not.toContain(email);
  });

  it("masks arguments and results of earlier turns, and leaves ids, names and schemas as they are", async () => {
    const { gateway, provider } = gatewayOver([{ text: "Done." }]);
    const id = "toolu_01A09q90qw90lq917835lq9";
    const call: ToolCall = { id, name: "find", arguments: JSON.stringify({ email, note: 'say "hi"' }) };
    await gateway.run(
      agent,
      ask("", {
        messages: [
          { role: "user", content: "Find her" },
          { role: "assistant", content: "", toolCalls: [call] },
          { role: "tool", toolCallId: id, content: `Found ${email}`, isError: false },
        ],
      }),
    );
    const [request] = provider.requests;
    expect(JSON.stringify(request)).not.toContain(email);
    expect(request?.tools).toEqual([find]);
    const [, calling, result] = request?.prompt.messages ?? [];
    expect(calling).toMatchObject({ toolCalls: [{ id, name: "find" }] });
    const sent = calling !== undefined && "toolCalls" in calling ? calling.toolCalls[0]?.arguments : "";
    expect(JSON.parse(sent ?? "")).toEqual({ email: expect.stringMatching(/^\[EMAIL_/), note: 'say "hi"' });
    expect(result).toMatchObject({ toolCallId: id, isError: false });
    // the same value has the same placeholder, whether in arguments or in a result
    expect(result?.content.split("\n")[1]).toBe(`Found ${JSON.parse(sent ?? "").email}`);
  });

  it("masks arguments that are no JSON as text", async () => {
    const { gateway, provider } = gatewayOver([{ text: "Done." }]);
    const call: ToolCall = { id: "1", name: "find", arguments: `{"email": "${email}` };
    const messages = [{ role: "assistant" as const, content: "", toolCalls: [call] }];
    await gateway.run(agent, { messages, tools: [find] });
    expect(JSON.stringify(provider.requests)).not.toContain(email);
  });

  it("never stores a tool call, and stores words apart from other tools", async () => {
    const calls = gatewayOver(callsFind);
    await calls.gateway.run(agent, ask("Hello"));
    await calls.gateway.run(agent, ask("Hello"));
    expect(calls.provider.requests).toHaveLength(2);

    const words = gatewayOver([{ text: "Hi." }]);
    await words.gateway.run(agent, ask("Hello"));
    expect((await words.gateway.run(agent, ask("Hello"))).metadata.source).toBe("cache");
    await words.gateway.run(agent, ask("Hello", { tools: [{ ...find, description: "Finds." }] }));
    await words.gateway.run(agent, ask("Hello", { toolChoice: "none" }));
    await words.gateway.run(agent, ask("Hello", { temperature: 0.5 }));
    expect(words.provider.requests).toHaveLength(4);
  });

  it("reserves money for tools and their results", async () => {
    const reserved = async (prompt: Prompt) => {
      const { gateway, auditSink } = gatewayOver([{ text: "Hi.", usage: null }]);
      await gateway.run(agent, prompt);
      return auditSink.records[0]?.cost_usd ?? 0;
    };
    const description = "Finds a person. ".repeat(50);
    const plain = await reserved(ask("Hello", { tools: [] }));
    const withTool = await reserved(ask("Hello", { tools: [{ ...find, description }] }));
    const result = { role: "tool" as const, toolCallId: "1", content: description };
    const withResult = await reserved(ask("", { tools: [], messages: [result] }));
    const named = { ...result, toolCallId: description };
    const call = {
      role: "assistant" as const,
      content: "",
      toolCalls: [{ ...find, id: description, arguments: "{}" }],
    };
    const withIds = await reserved(ask("", { tools: [], messages: [call, named] }));
    expect(withIds).toBeGreaterThan(withResult * 2.5);
    const bareTool = await reserved(ask("Hello"));
    expect(bareTool).toBeGreaterThan((530 * 0.15) / 1e6); // what a vendor adds for tools
    expect(withTool).toBeGreaterThan(bareTool * 1.3);
    expect(withResult).toBeGreaterThan(plain * 1.5);
  });

  it("asks for what the conversation says, within what its task allows", async () => {
    const { gateway, provider } = gatewayOver([{ text: "{}" }]);
    const responseFormat = { name: "answer", schema: { type: "object" } };
    await gateway.run(agent, {
      ...ask("Hello"),
      toolChoice: { name: "find" },
      maxOutputTokens: 9_999,
      temperature: 0.7,
      responseFormat,
    });
    expect(provider.requests[0]).toMatchObject({
      maxOutputTokens: 500,
      temperature: 0.7,
      toolChoice: { name: "find" },
      responseFormat,
    });
    await gateway.run(agent, { ...ask("Hello"), maxOutputTokens: 5 });
    expect(provider.requests[1]).toMatchObject({ maxOutputTokens: 5, temperature: 0 });
  });

  it("answers locally as its task would, to the last thing the user said", async () => {
    const { gateway } = gatewayOver([{}], { provider: undefined });
    const chat = conversationTask(gateway.tasks.chat);
    const question = "What does a workflow cost?";
    const messages: Prompt["messages"] = [
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Hi." },
      { role: "user", content: question },
    ];
    const { text, tool_calls, metadata } = await gateway.run(chat, { messages });
    expect(metadata).toMatchObject({ source: "local", degraded: "no_provider" });
    expect(text).toBe((await gateway.chat({ message: question })).reply);
    expect(tool_calls).toEqual([]);
    const nothingAsked = gateway.run(chat, { messages: [{ role: "assistant", content: "Hi." }] });
    await expect(nothingAsked).rejects.toMatchObject({ code: "no_provider" });
    await expect(gateway.run(agent, { messages })).rejects.toMatchObject({ code: "no_provider" });
  });

  it.each<[string, unknown]>([
    ["messages", {}],
    ["messages", { messages: [] }],
    ["messages.0", { messages: [{ role: "system", content: "x" }] }],
    ["messages.0", { messages: [{ role: "assistant", content: "", toolCalls: [{ id: 1 }] }] }],
    ["tools.0.name", ask("Hello", { tools: [{ ...find, name: "find it" }] })],
    ["temperature", ask("Hello", { temperature: -1 })],
  ])("refuses a wrong %s", async (path, input) => {
    const { gateway } = gatewayOver([{}]);
    const running = gateway.run(agent, input as Prompt);
    await expect(running).rejects.toMatchObject({ code: "invalid_input", details: { issues: [{ path }] } });
  });
});

describe("a task that offers tools", () => {
  const definition = {
    name: "act",
    input: z.object({}),
    output: z.object({ said: z.string(), calls: z.array(z.custom<ToolCall>()) }),
    textField: "said",
    allow: "anyone",
    prompt: () => ask("Go"),
  } as const;

  it("must say where their calls go", async () => {
    const { gateway } = gatewayOver(callsFind);
    const output = z.object({ said: z.string() });
    const running = gateway.run(defineTask({ ...definition, output }), {});
    await expect(running).rejects.toMatchObject({
      code: "internal",
      message: expect.stringContaining("toolCallsField"),
    });
  });

  it("gets them beside its text", async () => {
    const { gateway } = gatewayOver(callsFind);
    const { said, calls } = await gateway.run(defineTask({ ...definition, toolCallsField: "calls" }), {});
    expect([said, calls.map(({ name }) => name)]).toEqual(["Looking.", ["find"]]);
  });
});
