import { describe, expect, it } from "vitest";
import { mapStrings } from "../map-strings.js";
import type { Masker } from "../mask/masker.js";
import { patternMasker } from "../mask/pattern-masker.js";
import type { Prompt } from "../provider/provider.js";
import { seededDice } from "./call-masking-values.test-support.js";
import { maskCall } from "./mask-call.js";

const masker = patternMasker({ createNonce: () => "k3f9" });
const email = "ada@example.com";
const withMasker = (masker: Masker) => ({
  call: { mark: "m4rk", masking: {} },
  services: { masker, canary: undefined },
});

const asking = {
  name: "ask",
  textField: undefined,
  toolCallsField: "calls",
  outputJsonSchema: undefined,
  maxOutputTokens: 10,
  temperature: 0,
};

/** What becomes of the arguments of an earlier tool call. */
async function sentArguments(json: string) {
  const call = { id: "1", name: "find", arguments: json };
  const input: Prompt = { messages: [{ role: "assistant", content: "", toolCalls: [call] }] };
  const task = { ...asking, prompt: () => input };
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

  it("hides a number that its key or check digits tell, as a text, and no other", async () => {
    const json =
      '{"card": 4111111111111111, "phone":{"number":4155552671}, "count":  41555526710, "list":[1,-2.5e3]}';
    const { sent } = await sentArguments(json);
    expect(sent).toBe(
      '{"card": "[CREDIT_CARD_k3f9_0001]", "phone":{"number":"[PHONE_k3f9_0002]"}, "count":  41555526710, "list":[1,-2.5e3]}',
    );
  });

  it("keeps JSON whole around a value with quotes", async () => {
    const json = JSON.stringify({ password: 'a"b\\c1', next: "x" });
    const { sent, restored } = await sentArguments(json);
    expect(JSON.parse(sent)).toEqual({ password: "[SECRET_k3f9_0001]", next: "x" });
    expect(restored).toBe(json);
  });
});

/** What is sent of a prompt. */
async function sentPrompt(prompt: Prompt): Promise<Prompt> {
  const context = { caller: {}, signal: new AbortController().signal };
  const task = { ...asking, prompt: () => prompt };
  return (await maskCall({ task, input: {}, context, ...withMasker(masker), needsPrompt: true })).value
    .prompt;
}

describe("maskCall, of what is beside the words of a conversation", () => {
  it("hides values in tools, with a schema that stays one", async () => {
    const parameters = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      required: ["to", email],
      properties: {
        to: { type: "string", format: "email", description: `Such as ${email}.`, enum: [email, "nobody"] },
        password: { type: "string", minLength: 8 },
        [email]: { type: ["string", "null"], default: email },
      },
    };
    const hidden = "[EMAIL_k3f9_0001]";
    const { tools, responseFormat } = await sentPrompt({
      messages: [{ role: "user", content: "Write to her" }],
      tools: [{ name: "send", description: `Writes to ${email}.`, parameters }],
      responseFormat: { name: "answer", schema: parameters },
    });
    const masked = JSON.parse(JSON.stringify(parameters).replaceAll(email, hidden));
    expect(tools).toEqual([{ name: "send", description: `Writes to ${hidden}.`, parameters: masked }]);
    expect(responseFormat).toEqual({ name: "answer", schema: masked });
  });

  it("shares what holds nothing to hide: schemas are counted and sent as they are", async () => {
    const tool = { name: "find", parameters: { type: "object", properties: { ssn: { type: "string" } } } };
    const { tools } = await sentPrompt({
      messages: [{ role: "user", content: "My SSN is string" }],
      tools: [tool],
    });
    expect(tools?.[0]?.parameters).toBe(tool.parameters);
  });

  it("joins messages of one author that follow each other, and no others", async () => {
    const said = (first: "user" | "assistant", second: "user" | "assistant") =>
      sentPrompt({
        messages: [
          { role: first, content: "4111 1111" },
          { role: second, content: "1111 1111" },
        ],
      });
    const { messages } = await said("user", "user");
    expect(messages.map(({ content }) => content)).toEqual([
      "[CREDIT_CARD_k3f9_0001]",
      "[CREDIT_CARD_k3f9_0002]",
    ]);
    expect((await said("user", "assistant")).messages[0]?.content).toBe("4111 1111");
  });

  it("writes ids and tool names that hold a value anew, so that vendors take them and results find their call", async () => {
    const call = { id: `call ${email}`, name: email, arguments: "{}" };
    const { messages } = await sentPrompt({
      messages: [
        { role: "assistant", content: "", toolCalls: [call] },
        { role: "tool", toolCallId: call.id, content: "Done." },
      ],
    });
    expect(messages).toMatchObject([
      { toolCalls: [{ id: "call_EMAIL_k3f9_0001_", name: "_EMAIL_k3f9_0001_", arguments: "{}" }] },
      { toolCallId: "call_EMAIL_k3f9_0001_" },
    ]);
  });

  it("leaves ids as vendors make them", async () => {
    const ids = Array.from({ length: 300 }, (_, index) => {
      const random = (length: number) =>
        Array.from(
          { length },
          () => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"[dice(62)],
        ).join("");
      const forms = [
        `call_${random(24)}`,
        `toolu_01${random(22)}`,
        random(9),
        `fc_${random(48).toLowerCase()}`,
      ];
      return forms[index % forms.length] ?? "";
    });
    const toolCalls = ids.map((id) => ({ id, name: "find", arguments: "{}" }));
    const { messages } = await sentPrompt({ messages: [{ role: "assistant", content: "", toolCalls }] });
    expect(messages).toEqual([{ role: "assistant", content: "", toolCalls }]);
  });
});

const dice = seededDice(5);

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
  const task = { ...asking, prompt: (prompt: Prompt) => prompt };
  const context = { caller: {}, signal: new AbortController().signal };
  const { value } = await maskCall({ task, input, context, ...withMasker(counting), needsPrompt: true });
  expect(seen.filter((text) => text === input.messages[0]?.content)).toHaveLength(1);
  const messages = [{ role: "user", content: "I am [EMAIL_k3f9_0001]." }];
  expect(value.prompt).toEqual({
    system: expect.stringContaining("For [EMAIL_k3f9_0001].\n"),
    messages,
    tools: [{ name: "find", description: "Ask [EMAIL_k3f9_0001].", parameters: {} }],
  });
  expect(value.input).toMatchObject({ system: "For [EMAIL_k3f9_0001].", messages });
  expect(JSON.stringify(value.input)).not.toContain(email);
});
