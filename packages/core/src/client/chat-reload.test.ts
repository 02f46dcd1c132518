import { beforeEach, describe, expect, it, vi } from "vitest";
import { scriptedClient } from "../testing/scripted-client.js";
import { scriptedReply } from "../testing/scripted-gateway.js";
import type { TaskClient } from "./create-ai-client.js";
import { type ChatThread, createChatThread } from "./create-chat-thread.js";
import { memoryStorage } from "./memory-storage.test-support.js";
import { scriptedServer } from "./scripted-server.test-support.js";

const text = (delta: string) => ({ type: "text-delta", delta }) as const;
const finish = (output: object) => ({ type: "finish", reply: scriptedReply(output) }) as const;

let { storage, texts } = memoryStorage();
beforeEach(() => {
  ({ storage, texts } = memoryStorage());
});

/** A page's conversation as it is once the page is there. */
function openThread(client: TaskClient) {
  const thread = createChatThread(client, { storage });
  thread.resume();
  const shown = () =>
    thread.getState().messages.map(({ role, text, status }) => `${role} ${status}: ${text}`);
  return { ...thread, shown };
}

describe("a conversation after a reload", () => {
  it("goes on in the middle of an answer, from its first word to its last", async () => {
    const { client, say, calls } = scriptedServer();
    const before = openThread(client);
    before.send("What does it cost?");
    await say(0, text("From "));
    await vi.waitFor(() => expect(before.shown()[1]).toBe("assistant streaming: From "));
    before.leave();
    await say(0, text("£9 "));

    const after = openThread(client);
    expect(after.shown()).toEqual(["user complete: What does it cost?"]);
    expect(after.getState().status).toBe("submitted");
    await vi.waitFor(() => expect(after.shown()[1]).toBe("assistant streaming: From £9 "));
    await say(0, text("a month."), finish({ reply: "From £9 a month." }));
    await vi.waitFor(() => expect(after.getState().status).toBe("ready"));
    expect(after.shown()).toEqual([
      "user complete: What does it cost?",
      "assistant complete: From £9 a month.",
    ]);
    expect(calls).toHaveLength(1);
    expect(before.shown()[1]).toBe("assistant streaming: From ");
  });

  it("is the same one for the server, until it is forgotten", async () => {
    const { client, say, calls } = scriptedServer();
    const ask = async (thread: ChatThread, index: number) => {
      thread.send("Hello?");
      await say(index, finish({ reply: "Yes." }));
      await vi.waitFor(() => expect(thread.getState().status).toBe("ready"));
    };
    const before = openThread(client);
    await ask(before, 0);
    await ask(before, 1);
    const after = openThread(client);
    await ask(after, 2);
    after.reset();
    await ask(after, 3);
    await ask(createChatThread(client), 4);
    const [first, second, third, ...others] = calls.map(({ conversation }) => conversation);
    expect([second, third]).toEqual([first, first]);
    expect(new Set([first, ...others]).size).toBe(3);
    expect(first).toContain("ada");
  });

  it("has what was answered, and asks on with it", async () => {
    const { client, say, calls, requests } = scriptedServer();
    const before = openThread(client);
    before.send("one");
    await say(0, finish({ reply: "First." }));
    await vi.waitFor(() => expect(before.getState().status).toBe("ready"));
    const after = openThread(client);
    expect(after.getState().messages.map(({ text }) => text)).toEqual(["one", "First."]);
    expect(after.getState().messages[1]?.metadata).toMatchObject({ source: "model" });
    after.send("two");
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    expect(calls[1]?.input).toMatchObject({ message: "two", messages: [{}, { content: "First." }] });
    const ids = after.getState().messages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(requests).toEqual(["POST chat", "POST chat"]);
  });

  it.each([
    ["the server has lost it", (gateway: ReturnType<typeof scriptedServer>) => gateway.restart()],
    [
      "it is another one's",
      (gateway: ReturnType<typeof scriptedServer>) => gateway.signIn({ userId: "ben" }),
    ],
  ])("keeps the question, with an error and a retry, when %s", async (_name, lose) => {
    const gateway = scriptedServer();
    const before = openThread(gateway.client);
    before.send("What does it cost?");
    await gateway.say(0, text("From "));
    await vi.waitFor(() => expect(before.shown()).toHaveLength(2));
    before.leave();
    lose(gateway);
    const after = openThread(gateway.client);
    await vi.waitFor(() => expect(after.getState().status).toBe("error"));
    expect(after.shown()).toEqual(["user complete: What does it cost?"]);
    expect(after.getState().error).toMatchObject({ code: "stream_gone", retryable: true });
    after.retry();
    await gateway.say(1, finish({ reply: "£9." }));
    await vi.waitFor(() => expect(after.shown()[1]).toBe("assistant complete: £9."));
    expect(openThread(gateway.client).shown()).toHaveLength(2);
  });

  it("is an error too when the server ends what nobody reads", async () => {
    const { client, say, calls } = scriptedServer("abort");
    const before = openThread(client);
    before.send("What does it cost?");
    await say(0, text("From "));
    await vi.waitFor(() => expect(before.shown()).toHaveLength(2));
    before.leave();
    await vi.waitFor(() => expect(calls[0]?.signal?.aborted).toBe(true));
    const after = openThread(client);
    await vi.waitFor(() => expect(after.getState().status).toBe("error"));
    expect(after.shown()[0]).toBe("user complete: What does it cost?");
  });

  it("has the whole answer although the page had lost its connection", async () => {
    const { client, say, goOffline, goOnline } = scriptedServer("continue", { reconnect: 0 });
    const before = openThread(client);
    before.send("one");
    await say(0, text("Fir"));
    await vi.waitFor(() => expect(before.shown()).toHaveLength(2));
    goOffline();
    await vi.waitFor(() => expect(before.shown()[1]).toBe("assistant error: Fir"));
    const during = openThread(client);
    await vi.waitFor(() => expect(during.getState().error).toMatchObject({ code: "network" }));
    expect(during.shown()).toEqual(["user complete: one"]);
    await say(0, text("st."), finish({ reply: "First." }));
    goOnline();
    const after = openThread(client);
    await vi.waitFor(() =>
      expect(after.shown()).toEqual(["user complete: one", "assistant complete: First."]),
    );
  });

  it("stops an answer whose connection was lost when it is asked for again", async () => {
    const { client, say, calls, requests, goOffline, goOnline } = scriptedServer("continue", {
      reconnect: 0,
    });
    const thread = openThread(client);
    thread.send("one");
    await say(0, text("Fir"));
    await vi.waitFor(() => expect(thread.shown()).toHaveLength(2));
    goOffline();
    await vi.waitFor(() => expect(thread.getState().status).toBe("error"));
    goOnline();
    thread.retry();
    await vi.waitFor(() => expect(calls[0]?.signal?.aborted).toBe(true));
    await say(1, finish({ reply: "First." }));
    await vi.waitFor(() => expect(thread.shown()[1]).toBe("assistant complete: First."));
    expect(requests.toSorted()).toEqual([expect.stringContaining("DELETE"), "POST chat", "POST chat"]);
  });

  it("shows an answer that was stopped as it was", async () => {
    const { client, say, calls, requests } = scriptedServer();
    const before = openThread(client);
    before.send("one");
    await say(0, text("Fir"));
    await vi.waitFor(() => expect(before.shown()).toHaveLength(2));
    before.stop();
    await vi.waitFor(() => expect(calls[0]?.signal?.aborted).toBe(true));
    expect(openThread(client).shown()).toEqual(["user complete: one", "assistant stopped: Fir"]);
    expect(requests).toEqual(["POST chat", expect.stringMatching(/^DELETE chat\/.+\/stream$/)]);
  });

  it("is empty after a reset, also of what was not shown yet", async () => {
    const { client, say, calls } = scriptedServer();
    const before = openThread(client);
    before.send("one");
    await say(0, text("Fir"));
    before.reset();
    expect(texts.size).toBe(0);
    await vi.waitFor(() => expect(calls[0]?.signal?.aborted).toBe(true));
    expect(openThread(client).getState().messages).toEqual([]);

    before.send("two");
    before.leave();
    createChatThread(client, { storage }).reset();
    expect(texts.size).toBe(0);
  });

  it("is taken up once when a page mounts twice, and stopped when a new question comes", async () => {
    const { client, say, calls, requests } = scriptedServer();
    const before = openThread(client);
    before.send("one");
    await say(0, text("Fir"));
    before.leave();
    const after = openThread(client);
    after.leave();
    after.resume();
    after.resume();
    await vi.waitFor(() => expect(after.shown()[1]).toBe("assistant streaming: Fir"));
    expect(requests.filter((request) => request.startsWith("DELETE"))).toEqual([]);
    after.leave();
    after.send("two");
    expect(after.shown()).toEqual(["user complete: one", "assistant stopped: Fir", "user complete: two"]);
    await vi.waitFor(() => expect(calls[0]?.signal?.aborted).toBe(true));
  });

  it("keeps the latest 40 messages", async () => {
    const client = scriptedClient();
    const before = openThread(client);
    for (let turn = 0; turn < 25; turn++) {
      before.send(`question ${turn}`);
      await client.runs[turn]?.finish({ reply: `answer ${turn}` });
    }
    const shown = openThread(client).shown();
    expect(shown).toHaveLength(40);
    expect(shown[0]).toBe("user complete: question 5");
  });

  it("without storage stops when it is left, and has nothing to take up", async () => {
    const client = scriptedClient();
    const thread = createChatThread(client);
    thread.resume();
    thread.send("one");
    thread.leave();
    expect(client.runs[0]?.signal?.aborted).toBe(true);
    thread.resume();
    expect(client.runs).toHaveLength(1);
  });
});
