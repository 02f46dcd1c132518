import { describe, expect, it } from "vitest";
import { scriptedClient } from "../testing/scripted-client.js";
import { createChatThread } from "./create-chat-thread.js";

function thread(options?: Parameters<typeof createChatThread>[1]) {
  const client = scriptedClient();
  const chat = createChatThread(client, options);
  const call = (index: number) => {
    const made = client.runs[index];
    if (!made) throw new Error(`There was no call ${index}.`);
    return made;
  };
  const texts = () => chat.getState().messages.map(({ role, text, status }) => `${role} ${status}: ${text}`);
  return { client, chat, call, texts };
}

describe("a question", () => {
  it("is submitted, answered piece by piece, and complete with its metadata", async () => {
    const { chat, call, texts } = thread();
    chat.send(" What does it cost? ");
    expect(chat.getState().status).toBe("submitted");
    expect(texts()).toEqual(["user complete: What does it cost?"]);
    await call(0).say("From ");
    expect(chat.getState().status).toBe("streaming");
    const growing = chat.getState().messages[1];
    await call(0).say("£9");
    expect(texts()[1]).toBe("assistant streaming: From £9");
    expect(growing?.text, "messages are immutable").toBe("From ");
    await call(0).finish({ reply: "From £9 a month." }, { source: "local", degraded: "provider_down" });
    expect(texts()[1]).toBe("assistant complete: From £9 a month.");
    expect(chat.getState()).toMatchObject({ status: "ready", error: undefined });
    expect(chat.getState().messages[1]).toMatchObject({
      id: growing?.id,
      metadata: { source: "local", degraded: "provider_down" },
    });
  });

  it("carries the context of the moment and what was said before", async () => {
    const { chat, call } = thread({ context: { page: "pricing" } });
    chat.send("What does it cost?");
    await call(0).finish({ reply: "From £9." });
    expect(call(0).input).toEqual({ message: "What does it cost?", context: { page: "pricing" } });
    chat.setContext({ page: "trial" });
    chat.send("And the trial?");
    expect(call(1).input).toEqual({
      message: "And the trial?",
      context: { page: "trial" },
      messages: [
        { role: "user", content: "What does it cost?" },
        { role: "assistant", content: "From £9." },
      ],
    });
  });

  it("carries the last 20 messages at most", async () => {
    const { chat, call } = thread();
    for (let turn = 0; turn < 15; turn++) {
      chat.send(`question ${turn}`);
      await call(turn).finish({ reply: `answer ${turn}` });
    }
    chat.send("last");
    const { messages } = call(15).input as { messages: { content: string }[] };
    expect(messages).toHaveLength(20);
    expect(messages[0]?.content).toBe("question 5");
    expect(messages.at(-1)?.content).toBe("answer 14");
  });

  it("is ignored when it is blank", () => {
    const { client, chat } = thread();
    chat.send("  \n");
    expect(client.runs).toHaveLength(0);
    expect(chat.getState()).toEqual({ messages: [], status: "ready", error: undefined });
  });

  it("stops the answer that still streams", async () => {
    const { chat, call, texts } = thread();
    chat.send("one");
    await call(0).say("First");
    chat.send("two");
    expect(call(0).signal?.aborted).toBe(true);
    await call(0).say(" late");
    await call(1).say("Second");
    expect(texts()).toEqual([
      "user complete: one",
      "assistant stopped: First",
      "user complete: two",
      "assistant streaming: Second",
    ]);
  });

  it("gives every message an id of its own", async () => {
    const { chat, call } = thread();
    chat.send("one");
    await call(0).finish({ reply: "First." });
    chat.reset();
    chat.send("two");
    await call(1).finish({ reply: "Second." });
    chat.retry();
    await call(2).finish({ reply: "Third." });
    const ids = chat.getState().messages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("a failure", () => {
  it("is told, keeps the text so far, and can be retried", async () => {
    const { chat, call, texts } = thread();
    chat.send("one");
    await call(0).say("Fir");
    await call(0).fail({ code: "stream_cut" });
    expect(chat.getState()).toMatchObject({ status: "error", error: { code: "stream_cut" } });
    expect(texts()).toEqual(["user complete: one", "assistant error: Fir"]);
    chat.retry();
    expect(texts()).toEqual(["user complete: one"]);
    expect(chat.getState()).toMatchObject({ status: "submitted", error: undefined });
    await call(1).finish({ reply: "First." });
    expect(texts()).toEqual(["user complete: one", "assistant complete: First."]);
  });

  it("is not sent along with the next question", async () => {
    const { chat, call } = thread();
    chat.send("one");
    await call(0).say("Fir");
    await call(0).fail({ code: "network" });
    chat.send("two");
    expect(call(1).input).toMatchObject({ message: "two", messages: [{ role: "user", content: "one" }] });
    expect(chat.getState().error).toBeUndefined();
  });
});

describe("stop, retry and reset", () => {
  it("stop keeps the text so far", async () => {
    const { chat, call, texts } = thread();
    chat.send("one");
    await call(0).say("Fir");
    chat.stop();
    expect(call(0).signal?.aborted).toBe(true);
    expect(chat.getState().status).toBe("ready");
    expect(texts()).toEqual(["user complete: one", "assistant stopped: Fir"]);
  });

  it("stop before any text leaves the question, and retry asks it", async () => {
    const { chat, call, texts } = thread();
    chat.send("one");
    chat.stop();
    expect(texts()).toEqual(["user complete: one"]);
    chat.retry();
    await call(1).finish({ reply: "First." });
    expect(texts()).toEqual(["user complete: one", "assistant complete: First."]);
  });

  it("retry replaces the last answer only, with the same history", async () => {
    const { chat, call, texts } = thread();
    chat.retry();
    chat.send("one");
    await call(0).finish({ reply: "First." });
    chat.send("two");
    await call(1).finish({ reply: "Second." });
    chat.retry();
    expect(call(2).input).toEqual(call(1).input);
    await call(2).finish({ reply: "Second, better." });
    expect(texts()).toEqual([
      "user complete: one",
      "assistant complete: First.",
      "user complete: two",
      "assistant complete: Second, better.",
    ]);
  });

  it("reset aborts and forgets everything", async () => {
    const { chat, call } = thread();
    chat.send("one");
    await call(0).say("Fir");
    chat.reset();
    expect(call(0).signal?.aborted).toBe(true);
    await call(0).finish({ reply: "late" });
    expect(chat.getState()).toEqual({ messages: [], status: "ready", error: undefined });
    chat.send("two");
    expect(call(1).input).toEqual({ message: "two", context: undefined });
  });
});
