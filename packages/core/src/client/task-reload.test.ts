import { beforeEach, describe, expect, it, vi } from "vitest";
import { scriptedClient } from "../testing/scripted-client.js";
import { scriptedReply } from "../testing/scripted-gateway.js";
import type { TaskClient } from "./create-ai-client.js";
import { createTaskRun } from "./create-task-run.js";
import { memoryStorage } from "./memory-storage.test-support.js";
import { scriptedServer } from "./scripted-server.test-support.js";

const finish = (output: object) => ({ type: "finish", reply: scriptedReply(output) }) as const;

let { storage, texts } = memoryStorage();
beforeEach(() => {
  ({ storage, texts } = memoryStorage());
});

function openRun(client: TaskClient) {
  const run = createTaskRun(client, "workflow", { storage });
  run.resume();
  return run;
}

const sentence = { description: "When a lead comes in, tell #sales" };

describe("a task run after a reload", () => {
  const workflow = { steps: [{ type: "trigger", service: "forms", description: "A form is filled" }] };
  const output = { workflow, explanation: "Tells sales." };

  it("goes on with what was said so far, and has the reply", async () => {
    const { client, say, calls } = scriptedServer();
    const before = openRun(client);
    before.start(sentence);
    await say(0, { type: "partial", partial: { workflow: { steps: [] } } });
    await vi.waitFor(() =>
      expect(before.getState()).toMatchObject({ partial: { workflow: { steps: [] } }, partialText: "" }),
    );
    before.leave();
    const after = openRun(client);
    expect(after.getState()).toMatchObject({ status: "loading", input: sentence });
    await vi.waitFor(() => expect(after.getState()).toMatchObject({ partial: { workflow: { steps: [] } } }));
    await say(0, { type: "partial", partial: { workflow } }, finish(output));
    await vi.waitFor(() => expect(after.getState()).toMatchObject({ status: "success", reply: output }));
    expect(calls).toHaveLength(1);

    const later = openRun(client);
    await vi.waitFor(() => expect(later.getState()).toMatchObject({ status: "success", reply: output }));
    expect(calls).toHaveLength(1);
  });

  it("has nothing of a reply that is gone, and an error for one that had not come", async () => {
    const gateway = scriptedServer();
    const before = openRun(gateway.client);
    before.start(sentence);
    await gateway.say(0, finish(output));
    await vi.waitFor(() => expect(before.getState().status).toBe("success"));
    gateway.restart();
    const seen = openRun(gateway.client);
    await vi.waitFor(() => expect(seen.getState()).toEqual({ status: "idle" }));
    expect(texts.size).toBe(0);

    seen.start(sentence);
    await gateway.say(1, { type: "partial", partial: {} });
    seen.leave();
    gateway.restart();
    const after = openRun(gateway.client);
    await vi.waitFor(() =>
      expect(after.getState()).toMatchObject({
        status: "error",
        input: sentence,
        error: { code: "stream_gone" },
      }),
    );
    after.retry();
    await gateway.say(2, finish(output));
    await vi.waitFor(() => expect(after.getState().status).toBe("success"));
  });

  it.each(["stop", "reset"] as const)("is idle after a %s", async (how) => {
    const { client, say, calls } = scriptedServer();
    const before = openRun(client);
    before.start(sentence);
    await say(0, { type: "partial", partial: {} });
    before[how]();
    expect(texts.size).toBe(0);
    await vi.waitFor(() => expect(calls[0]?.signal?.aborted).toBe(true));
    expect(openRun(client).getState()).toEqual({ status: "idle" });
  });

  it("writes once for each call, not for each piece of it", async () => {
    const setItem = vi.spyOn(storage.store, "setItem");
    const client = scriptedClient();
    const run = createTaskRun(client, "chat", { storage });
    run.start({ message: "Hi" });
    for (let piece = 0; piece < 5; piece++) await client.runs[0]?.say("x");
    expect(setItem).toHaveBeenCalledTimes(1);
    await client.runs[0]?.finish({ reply: "xxxxx" });
    expect(setItem).toHaveBeenCalledTimes(2);
    expect(texts.get("help")).not.toContain("xxxxx");
  });

  it("fails with a client that can't take anything up", async () => {
    const client = scriptedClient();
    const before = openRun(client);
    before.start(sentence);
    before.leave();
    const after = openRun(client);
    await vi.waitFor(() => expect(after.getState()).toMatchObject({ error: { code: "stream_gone" } }));
  });
});
