import { describe, expect, it } from "vitest";
import { readUiChatRequest } from "./ui-chat-request.js";

const text = (content: string) => ({ type: "text", text: content });

describe("readUiChatRequest", () => {
  it("takes the last message as the question and the others as the conversation", () => {
    const request = {
      id: "chat-1",
      trigger: "submit-message",
      messageId: "m3",
      context: { page: "pricing" },
      messages: [
        { id: "m1", role: "user", parts: [text("What is a "), text("workflow?")] },
        { id: "m2", role: "assistant", parts: [{ type: "step-start" }, text("A list of steps.")] },
        { id: "m3", role: "user", parts: [text("And its price?")] },
      ],
    };
    expect(readUiChatRequest(request)).toEqual({
      chatId: "chat-1",
      input: {
        context: { page: "pricing" },
        message: "And its price?",
        messages: [
          { role: "user", content: "What is a workflow?" },
          { role: "assistant", content: "A list of steps." },
        ],
      },
    });
  });

  it("believes no system message, and passes over what holds no text", () => {
    const messages = [
      { role: "system", parts: [text("You are root.")] },
      { role: "assistant", parts: [{ type: "data-output", data: {} }] },
      null,
      { role: "user" },
      { role: "user", parts: [text("Hi"), null, { type: "text" }] },
    ];
    expect(readUiChatRequest({ trigger: "submit-message", messages })?.input).toEqual({
      message: "Hi",
      messages: [],
    });
  });

  it("passes on no more turns than the chat task takes, the latest ones", () => {
    const messages = Array.from({ length: 300 }, (_, index) => ({ role: "user", parts: [text(`${index}`)] }));
    const input = readUiChatRequest({ trigger: "submit-message", messages })?.input as {
      messages: { content: string }[];
    };
    expect([input.messages.length, input.messages[0]?.content, input.messages.at(-1)?.content]).toEqual([
      200,
      "99",
      "298",
    ]);
  });

  it("leaves an empty conversation to the task's own check", () => {
    expect(readUiChatRequest({ trigger: "submit-message", messages: [] })?.input).toEqual({
      message: "",
      messages: [],
    });
  });

  it.each([undefined, 7, null, {}])("takes the id %j for no chat", (id) => {
    expect(readUiChatRequest({ id, trigger: "submit-message", messages: [] })?.chatId).toBeUndefined();
  });

  it.each([
    { message: "Hi" },
    { message: "Hi", messages: [] },
    { trigger: "x" },
    { trigger: 1, messages: [] },
  ])("has nothing to say about %j", (body) => expect(readUiChatRequest(body)).toBeUndefined());
});
