import { expect, it } from "vitest";
import type { ToolCall } from "../provider/provider.js";
import { type CacheKeyParts, cacheKey } from "./cache-key.js";

const parts: CacheKeyParts = {
  tenantId: "t",
  roles: ["admin", "editor"],
  task: "chat",
  version: "1",
  targets: ["fake/a", "fake/b"],
  request: {
    maxOutputTokens: 256,
    temperature: 0,
    prompt: { system: "Be kind.", messages: [{ role: "user", content: "Hello" }] },
  },
};
const { prompt } = parts.request;
const asking = (change: Partial<CacheKeyParts["request"]>) => ({ request: { ...parts.request, ...change } });
const tool = { name: "find", parameters: { type: "object" } };
const call = { id: "1", name: "find", arguments: "{}" };
const calling = (toolCalls: readonly ToolCall[]) => ({ role: "assistant" as const, content: "", toolCalls });
const result = { role: "tool" as const, toolCallId: "1", content: "Found." };
const said = (role: "user" | "assistant", content: string) => ({ role, content });

it("is equal for equal parts, whatever the order of roles and of properties", () => {
  const same = { messages: [{ content: "Hello", role: "user" as const }], system: "Be kind." };
  const other = { ...parts, roles: ["editor", "admin", "editor"], ...asking({ prompt: same }) };
  expect(cacheKey(other)).toEqual(cacheKey(parts));
});

it("has another partition for every other tenant and access scope", () => {
  const changes: readonly Partial<CacheKeyParts>[] = [
    {},
    { tenantId: "u" },
    { tenantId: undefined },
    { tenantId: "" },
    { tenantId: "null" },
    { roles: [] },
    { roles: ["admin"] },
    { roles: ["admin,editor"] },
    { roles: ['admin","editor'] },
  ];
  const keys = changes.map((change) => cacheKey({ ...parts, ...change }));
  expect(new Set(keys.map(({ partition }) => partition)).size).toBe(changes.length);
  expect(new Set(keys.map(({ key }) => key)).size).toBe(1);
});

it("has another key for everything else that decides the reply", () => {
  const changes: readonly Partial<CacheKeyParts>[] = [
    {},
    { task: "debug" },
    { version: "2" },
    { targets: ["fake/b", "fake/a"] },
    { targets: ["fake/a"] },
    { targets: ["fake/a,fake/b"] },
    asking({ maxOutputTokens: 257 }),
    asking({ temperature: 0.1 }),
    asking({ prompt: { ...prompt, system: "Be brief." } }),
    asking({ prompt: { ...prompt, system: "" } }),
    asking({ prompt: { messages: prompt.messages } }),
    asking({ prompt: { ...prompt, messages: [said("user", "hello")] } }),
    asking({ prompt: { ...prompt, messages: [said("assistant", "Hello")] } }),
    asking({ prompt: { ...prompt, messages: [said("user", "Hel"), said("user", "lo")] } }),
    asking({ prompt: { ...prompt, messages: [] } }),
    asking({ tools: [tool] }),
    asking({ tools: [{ ...tool, description: "Finds." }] }),
    asking({ tools: [tool], toolChoice: "required" }),
    asking({ responseFormat: { name: "answer", schema: {} } }),
    asking({ responseFormat: { name: "answer", schema: { type: "object" } } }),
    asking({ prompt: { messages: [calling([])] } }),
    asking({ prompt: { messages: [calling([call])] } }),
    asking({ prompt: { messages: [calling([{ ...call, arguments: '{"a":1}' }])] } }),
    asking({ prompt: { messages: [calling([{ ...call, id: "2" }])] } }),
    asking({ prompt: { messages: [result] } }),
    asking({ prompt: { messages: [{ ...result, isError: true }] } }),
    asking({ prompt: { messages: [{ ...result, toolCallId: "2" }] } }),
  ];
  const keys = changes.map((change) => cacheKey({ ...parts, ...change }));
  expect(new Set(keys.map(({ key }) => key)).size).toBe(changes.length);
  expect(new Set(keys.map(({ partition }) => partition)).size).toBe(1);
});

it("has the same group for another question, and another one for anything else that the prompt says", () => {
  const groupOf = (question: string, { system = "Be kind.", text = `Answer: ${question}` } = {}) =>
    cacheKey({
      ...parts,
      ...asking({ prompt: { system, messages: [said("user", text)] } }),
      similar: { question, rest: {} },
    }).similar?.group;
  const group = groupOf("How do I cancel?");
  expect(groupOf("how can I cancel")).toBe(group);
  expect(groupOf("how can I cancel", { system: "Be kind to Ada." })).not.toBe(group);
  expect(groupOf("how can I cancel", { text: "Ada asks: how can I cancel" })).not.toBe(group);
});
