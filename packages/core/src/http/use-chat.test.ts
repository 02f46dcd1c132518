import { Chat } from "@ai-sdk/react";
import { DefaultChatTransport, type UIMessage } from "ai";
import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.js";
import { scriptedGateway, scriptedReply } from "../testing/scripted-gateway.js";
import { createFetchHandler } from "./create-fetch-handler.js";
import { type Answer, settle, steered } from "./stream-requests.test-support.js";

const url = "http://gateway.test/api/ai/chat";

/** The state behind `useChat`, whose requests the gateway's own HTTP layer answers. */
function setUp(answer: Answer, headers: Record<string, string> = {}) {
  const handle = createFetchHandler(scriptedGateway({ answer }), {
    basePath: "/api/ai",
    identify: () => ({ userId: "u1" }),
    onDisconnect: "continue",
  });
  const fetch = (input: unknown, init?: RequestInit) => handle(new Request(String(input), init));
  const errors: string[] = [];
  const create = (messages: UIMessage[] = []) =>
    new Chat({
      id: "chat-1",
      messages,
      transport: new DefaultChatTransport({ api: url, fetch, headers }),
      onError: (error) => errors.push(error.message),
    });
  const stop = () => fetch(`${url}/chat-1/stream`, { method: "DELETE" });
  return { create, stop, errors };
}

const partsOf = (chat: Chat<UIMessage>) =>
  chat.lastMessage?.parts.filter(({ type }) => type !== "step-start");
const finish = (output: object) => ({ type: "finish", reply: scriptedReply(output) }) as const;

describe("useChat of the AI SDK", () => {
  it("shows text and the reply's metadata", async () => {
    const { create, errors } = setUp(async function* () {
      yield { type: "text-delta", delta: "Hel" };
      yield { type: "text-delta", delta: "lo" };
      yield finish({ reply: "Hello" });
    });
    const chat = create();
    await chat.sendMessage({ text: "Hi" });
    expect(partsOf(chat)).toMatchObject([{ type: "text", text: "Hello", state: "done" }]);
    expect(chat.lastMessage?.metadata).toMatchObject({ source: "model", cost_usd: 0.0001 });
    expect([chat.status, errors]).toEqual(["ready", []]);
  });

  it("shows tool calls, whole, cut and malformed", async () => {
    const { create, errors } = setUp(async function* () {
      for (const [id, args] of [
        ["a", '{"q":1}'],
        ["b", "{'q'"],
        ["c", '{"q":'],
      ] as const) {
        yield { type: "tool-call-start", id, name: "look_up" };
        yield { type: "tool-call-delta", id, delta: args };
        if (id !== "c") yield { type: "tool-call-end", id, name: "look_up", arguments: args };
      }
      yield finish({ reply: "", tool_calls: [] });
    });
    const chat = create();
    await chat.sendMessage({ text: "Hi" });
    expect(partsOf(chat)?.slice(0, 3)).toMatchObject([
      { type: "tool-look_up", toolCallId: "a", state: "input-available", input: { q: 1 } },
      { type: "tool-look_up", toolCallId: "b", state: "output-error" },
      { type: "tool-look_up", toolCallId: "c", state: "input-streaming" },
    ]);
    expect([chat.status, errors]).toEqual(["ready", []]);
  });

  it("holds one part for all snapshots of an object", async () => {
    const { create, errors } = setUp(async function* () {
      yield { type: "partial", partial: { a: 1 } };
      yield { type: "partial", partial: { a: 1, b: [2] } };
      yield finish({ reply: "", a: 1, b: [2, 3] });
    });
    const chat = create();
    await chat.sendMessage({ text: "Hi" });
    expect(partsOf(chat)?.slice(0, 2)).toMatchObject([
      { type: "data-partial", data: { a: 1, b: [2] } },
      { type: "data-output", data: { a: 1, b: [2, 3] } },
    ]);
    expect([chat.status, errors]).toEqual(["ready", []]);
  });

  it("is told of a failure after the first words, in the one safe sentence", async () => {
    const { create, errors } = setUp(async function* () {
      yield { type: "text-delta", delta: "Hel" };
      throw new GatewayError("provider_cut", "upstream said sk-secret");
    });
    const chat = create();
    await chat.sendMessage({ text: "Hi" });
    expect(partsOf(chat)).toMatchObject([{ type: "text", text: "Hel" }]);
    expect([chat.status, errors]).toEqual(["error", ["Temporary issue. Please try again."]]);
  });

  it("is ready again, with the words so far, when the stream is stopped", async () => {
    const script = steered();
    const { create, stop, errors } = setUp(script.answer);
    script.say("Hel");
    const chat = create();
    const sent = chat.sendMessage({ text: "Hi" });
    await settle();
    await stop();
    await sent;
    expect(partsOf(chat)).toMatchObject([{ type: "text", text: "Hel" }]);
    expect([chat.status, errors, script.seen.ended]).toEqual(["ready", [], true]);
  });

  it("reads on after a reload, and shows one message with one id", async () => {
    const script = steered();
    const { create, errors } = setUp(script.answer);
    script.say("Hel");
    const before = create();
    void before.sendMessage({ text: "Hi" });
    await settle();
    const [question] = before.messages;
    await before.stop(); // the page goes away
    script.say("lo");
    const after = create(question === undefined ? [] : [question]);
    const resumed = after.resumeStream();
    await settle();
    script.finish("Hello");
    await resumed;
    expect(after.messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(partsOf(after)).toMatchObject([{ type: "text", text: "Hello", state: "done" }]);
    const again = create(after.messages);
    await again.resumeStream();
    expect(again.messages.map(({ id }) => id)).toEqual(after.messages.map(({ id }) => id));
    expect([after.status, again.status, errors]).toEqual(["ready", "ready", []]);
  });

  it("is ready at once when there is nothing to resume", async () => {
    const { create, errors } = setUp(steered().answer);
    const chat = create();
    await chat.resumeStream();
    expect([chat.status, chat.messages, errors]).toEqual(["ready", [], []]);
  });

  // When this fails, the AI SDK has learned reset-step: restart can be offered to it.
  it("does not know reset-step, so it must not ask for a restart", async () => {
    const { create, errors } = setUp(
      async function* ({ call }) {
        yield { type: "text-delta", delta: "Hel" };
        if (call.onBreak === "restart") yield { type: "reset" };
        yield finish({ reply: "Hello" });
      },
      { "x-ai-on-break": "restart" },
    );
    await create().sendMessage({ text: "Hi" });
    expect(errors).toHaveLength(1);
  });
});
