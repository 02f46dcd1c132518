import { describe, expect, it } from "vitest";
import { mapStrings } from "../map-strings.js";
import type { Masker } from "../mask/masker.js";
import { patternMasker } from "../mask/pattern-masker.js";
import type { Prompt } from "../provider/provider.js";
import { maskCall } from "./mask-call.js";

const masker = patternMasker({ createNonce: () => "k3f9" });
const email = "ada@example.com";
const withMasker = (masker: Masker) => ({
  call: { mark: "m4rk", masking: {} },
  services: { masker, canary: undefined },
});

/** What becomes of the arguments of an earlier tool call. */
async function sentArguments(json: string) {
  const call = { id: "1", name: "find", arguments: json };
  const input: Prompt = { messages: [{ role: "assistant", content: "", toolCalls: [call] }] };
  const task = { prompt: () => input };
  const context = { caller: {}, signal: new AbortController().signal };
  const masked = await maskCall({ task, input: {}, context, ...withMasker(masker), needsPrompt: true });
  const [message] = masked.value.prompt.messages;
  const sent = message !== undefined && "toolCalls" in message ? message.toolCalls[0]?.arguments : undefined;
  return { sent: sent ?? "", restored: masked.restoreJson(sent ?? "") };
}

describe("maskCall, of a tool call's arguments", () => {
  it.each([
    "{}",
    "null",
    "12",
    '"plain"',
    "",
    '{ "id": 9007199254740993, "price": 1.10, "huge": 1e999, "zero": -0 }',
    String.raw`{"a":"caf\u00e9","b":"\/path","c":"\ud83d"}`,
    '{"a":1,"a":2}',
    '{"__proto__":{"polluted":true},"constructor":"x"}',
    `${"[".repeat(1_000)}"deep"${"]".repeat(1_000)}`,
  ])("leaves %s as it is written", async (json) => {
    expect((await sentArguments(json)).sent).toBe(json);
  });

  it.each([
    ["a value", `{"to":"${email}","count":9007199254740993}`],
    ["a key", `{"${email}":true}`],
    ["a value that another one hides", `{"to":"${email}","to":"nobody"}`],
    ["a text alone", `"${email}"`],
    ["a value below __proto__", `{"__proto__":{"to":"${email}"}}`],
    ["a value that is written in escapes", String.raw`{"to":"ada\u0040example.com"}`],
    ["a value in the depth", `${"[".repeat(1_000)}"${email}"${"]".repeat(1_000)}`],
    ["what is no JSON", `{"to":"${email}`],
  ])("hides %s", async (_, json) => {
    const { sent, restored } = await sentArguments(json);
    expect(sent).toContain("[EMAIL_k3f9_0001]");
    expect(sent).not.toMatch(/ada(@|\\u0040)example/);
    expect(restored).toBe(json.replaceAll(String.raw`\u0040`, "@"));
    expect(Object.prototype).not.toHaveProperty("to");
  });

  it("hides what its key calls a secret, and only that", async () => {
    const { sent } = await sentArguments(
      '{"api_key" : "zK8vQ2mN7xR4tY9w","list":[{"password":"hunter33!"},"word"]}',
    );
    expect(sent).toBe('{"api_key" : "[SECRET_k3f9_0001]","list":[{"password":"[SECRET_k3f9_0002]"},"word"]}');
  });

  it("keeps JSON whole around a value with quotes", async () => {
    const json = JSON.stringify({ password: 'a"b\\c1', next: "x" });
    const { sent, restored } = await sentArguments(json);
    expect(JSON.parse(sent)).toEqual({ password: "[SECRET_k3f9_0001]", next: "x" });
    expect(restored).toBe(json);
  });
});

it("masks a conversation that is its own prompt once, for the model and for the local answer", async () => {
  const seen: string[] = [];
  const note = (text: string) => {
    seen.push(text);
    return text;
  };
  const counting: Masker = { mask: (value, context) => masker.mask(mapStrings(value, note), context) };
  const input: Prompt = {
    system: `For ${email}.`,
    messages: [{ role: "user", content: `I am ${email}.` }],
    tools: [{ name: "find", description: `Ask ${email}.`, parameters: {} }],
  };
  const task = { prompt: (prompt: Prompt) => prompt };
  const context = { caller: {}, signal: new AbortController().signal };
  const { value } = await maskCall({ task, input, context, ...withMasker(counting), needsPrompt: true });
  expect(seen.filter((text) => text === input.messages[0]?.content)).toHaveLength(1);
  const messages = [{ role: "user", content: "I am [EMAIL_k3f9_0001]." }];
  expect(value.prompt).toEqual({
    ...input,
    system: expect.stringContaining("For [EMAIL_k3f9_0001].\n"),
    messages,
  });
  expect(value.input).toMatchObject({ system: "For [EMAIL_k3f9_0001].", messages });
  expect(JSON.stringify(value.input)).not.toContain(email);
});
