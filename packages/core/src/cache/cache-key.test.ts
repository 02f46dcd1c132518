import { describe, expect, it } from "vitest";
import { type CacheKeyParts, cacheKey } from "./cache-key.js";

const parts: CacheKeyParts = {
  tenantId: "t",
  roles: ["admin", "editor"],
  task: "chat",
  version: "1",
  models: ["fake/a", "fake/b"],
  maxOutputTokens: 256,
  temperature: 0,
  prompt: { system: "Be kind.", messages: [{ role: "user", content: "Hello" }] },
};

it("is equal for equal parts, whatever the order of roles and of properties", () => {
  const prompt = { messages: [{ content: "Hello", role: "user" as const }], system: "Be kind." };
  expect(cacheKey({ ...parts, roles: ["editor", "admin", "editor"], prompt })).toEqual(cacheKey(parts));
});

describe("differs in the partition", () => {
  it.each<[string, Partial<CacheKeyParts>]>([
    ["another tenant", { tenantId: "u" }],
    ["no tenant", { tenantId: undefined }],
    ["a tenant without a name", { tenantId: "" }],
    ["a tenant called null", { tenantId: "null" }],
    ["fewer roles", { roles: ["admin"] }],
    ["one role that looks like two", { roles: ["admin,editor"] }],
  ])("%s", (_, change) => {
    expect(cacheKey({ ...parts, ...change }).partition).not.toBe(cacheKey(parts).partition);
  });
});

describe("differs in the key", () => {
  const said = (role: "user" | "assistant", content: string) => ({ role, content });
  it.each<[string, Partial<CacheKeyParts>]>([
    ["another task", { task: "debug" }],
    ["another version", { version: "2" }],
    ["another order of models", { models: ["fake/b", "fake/a"] }],
    ["one model that looks like two", { models: ["fake/a,fake/b"] }],
    ["more output", { maxOutputTokens: 257 }],
    ["another temperature", { temperature: 0.1 }],
    ["another instruction", { prompt: { ...parts.prompt, system: "Be brief." } }],
    ["no instruction", { prompt: { messages: parts.prompt.messages } }],
    ["another message", { prompt: { ...parts.prompt, messages: [said("user", "hello")] } }],
    ["another role", { prompt: { ...parts.prompt, messages: [said("assistant", "Hello")] } }],
    [
      "the message cut in two",
      { prompt: { ...parts.prompt, messages: [said("user", "Hel"), said("user", "lo")] } },
    ],
  ])("%s", (_, change) => {
    const changed = cacheKey({ ...parts, ...change });
    expect(changed.key).not.toBe(cacheKey(parts).key);
    expect(changed.partition).toBe(cacheKey(parts).partition);
  });
});
