import { expect, it } from "vitest";
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
const said = (role: "user" | "assistant", content: string) => ({ role, content });

it("is equal for equal parts, whatever the order of roles and of properties", () => {
  const prompt = { messages: [{ content: "Hello", role: "user" as const }], system: "Be kind." };
  expect(cacheKey({ ...parts, roles: ["editor", "admin", "editor"], prompt })).toEqual(cacheKey(parts));
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
    { models: ["fake/b", "fake/a"] },
    { models: ["fake/a"] },
    { models: ["fake/a,fake/b"] },
    { maxOutputTokens: 257 },
    { temperature: 0.1 },
    { prompt: { ...parts.prompt, system: "Be brief." } },
    { prompt: { ...parts.prompt, system: "" } },
    { prompt: { messages: parts.prompt.messages } },
    { prompt: { ...parts.prompt, messages: [said("user", "hello")] } },
    { prompt: { ...parts.prompt, messages: [said("assistant", "Hello")] } },
    { prompt: { ...parts.prompt, messages: [said("user", "Hel"), said("user", "lo")] } },
    { prompt: { ...parts.prompt, messages: [] } },
  ];
  const keys = changes.map((change) => cacheKey({ ...parts, ...change }));
  expect(new Set(keys.map(({ key }) => key)).size).toBe(changes.length);
  expect(new Set(keys.map(({ partition }) => partition)).size).toBe(1);
});
