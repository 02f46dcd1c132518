import { beforeEach, describe, expect, it } from "vitest";
import { scriptedClient } from "../testing/scripted-client.js";
import type { TaskClient } from "./create-ai-client.js";
import { createChatThread } from "./create-chat-thread.js";
import { createTaskRun } from "./create-task-run.js";
import type { RunStorage } from "./kept-record.js";
import { memoryStorage } from "./memory-storage.test-support.js";

let { storage, texts } = memoryStorage();
beforeEach(() => {
  ({ storage, texts } = memoryStorage());
});

/** A page's conversation as it is once the page is there. */
function openThread(client: TaskClient, kept: RunStorage | undefined = storage) {
  const thread = createChatThread(client, { storage: kept });
  thread.resume();
  const shown = () =>
    thread.getState().messages.map(({ role, text, status }) => `${role} ${status}: ${text}`);
  return { ...thread, shown };
}

function openRun() {
  const run = createTaskRun(scriptedClient(), "workflow", { storage });
  run.resume();
  return run;
}

describe("what was kept", () => {
  const good = { id: "message-1", role: "user", text: "Hi", status: "complete" };
  const answer = { id: "message-2", role: "assistant", text: "Hello", status: "complete" };
  const record = (messages: unknown, rest: object = {}) => JSON.stringify({ version: 1, messages, ...rest });

  it("is shown when it is as it should be", () => {
    texts.set("help", record([good, answer]));
    expect(openThread(scriptedClient()).shown()).toEqual(["user complete: Hi", "assistant complete: Hello"]);
  });

  it.each([
    ["no JSON", "{cut"],
    ["no object", '"text"'],
    ["null", "null"],
    ["of no version", JSON.stringify({ messages: [good] })],
    ["of another version", record([good], { version: 2 })],
    ["without messages", record(undefined)],
    ["of messages that are no list", record({ 0: good, length: 1 })],
    ["too long", record([{ ...good, text: "x".repeat(500_000) }])],
    ["too many", record(Array(41).fill(good))],
    ["a message that is none", record([good, null])],
    ["a role that is none", record([{ ...good, role: "system" }])],
    ["a text that is none", record([{ ...good, text: { toString: "x" } }])],
    ["an id that is none", record([{ ...good, id: 1 }])],
    ["an answer that still streams", record([good, { ...answer, status: "streaming" }])],
    ["a question that failed", record([{ ...good, status: "error" }])],
    ["metadata that is none", record([good, { ...answer, metadata: "x" }])],
    [
      "metadata that breaks a page",
      record([good, { ...answer, metadata: { request_id: "1", source: "model", truncated: 1 } }]),
    ],
    ["a stream that is none", record([good], { stream: { id: 1 } })],
    ["a stream without a question", record([good, answer], { stream: "stream-1" })],
    ["a conversation that is none", record([good], { conversation: 1 })],
    ["a conversation that breaks a header", record([good], { conversation: `${"0".repeat(32)}\n` })],
    ["a stream without messages", record([], { stream: "stream-1" })],
  ])("is dropped when it is %s", (_name, kept) => {
    texts.set("help", kept);
    const thread = openThread(scriptedClient());
    expect(thread.getState()).toEqual({ messages: [], status: "ready", error: undefined });
    texts.set("help", kept);
    expect(openRun().getState()).toEqual({ status: "idle" });
  });

  it("is nothing when it would be too long, and never an older one", async () => {
    const client = scriptedClient();
    const thread = openThread(client);
    thread.send("Hi");
    expect(texts.size).toBe(1);
    await client.runs[0]?.finish({ reply: "x".repeat(500_000) });
    expect(texts.size).toBe(0);
  });

  it("does not matter to a page whose storage throws", async () => {
    const fail = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    const blocked = { key: "help", store: { getItem: fail, setItem: fail, removeItem: fail } };
    const client = scriptedClient();
    const thread = openThread(client, blocked);
    thread.send("Hi");
    await client.runs[0]?.finish({ reply: "Hello." });
    expect(thread.shown()).toEqual(["user complete: Hi", "assistant complete: Hello."]);
    thread.reset();
    expect(thread.getState().messages).toEqual([]);
  });
});
