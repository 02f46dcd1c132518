import { describe, expect, it, vi } from "vitest";
import { scriptedClient } from "../testing/scripted-client.js";
import { createClientError } from "./client-error.js";
import { createTaskRun, type TaskRunState } from "./create-task-run.js";

const question = { message: "What is a trigger?" };

function chatRun() {
  const client = scriptedClient();
  const run = createTaskRun(client, "chat");
  const seen: TaskRunState<unknown, object>[] = [];
  run.subscribe(() => seen.push(run.getState()));
  const call = (index: number) => {
    const made = client.runs[index];
    if (!made) throw new Error(`There was no call ${index}.`);
    return made;
  };
  return { client, run, seen, call };
}

describe("one run", () => {
  it("goes from idle over growing text to the reply", async () => {
    const { run, seen, call } = chatRun();
    expect(run.getState()).toEqual({ status: "idle" });
    run.start(question);
    await call(0).say("It starts ");
    await call(0).say("a workflow.");
    await call(0).finish({ reply: "It starts a workflow." });
    expect(call(0)).toMatchObject({ task: "chat", input: question });
    expect(seen).toMatchObject([
      { status: "loading", input: question, partialText: "" },
      { status: "loading", input: question, partialText: "It starts " },
      { status: "loading", input: question, partialText: "It starts a workflow." },
      { status: "success", input: question, reply: { reply: "It starts a workflow." } },
    ]);
  });

  it("takes a text that the server began anew", async () => {
    const { run, call } = chatRun();
    run.start(question);
    await call(0).say("It st");
    await call(0).restart("A trigger ");
    await call(0).say("starts it.");
    expect(run.getState()).toMatchObject({ partialText: "A trigger starts it." });
  });

  it("shows the output as it grows, and keeps it on stop and failure", async () => {
    const partial = { workflow: { steps: [{ type: "trigger" as const }] } };
    const next = { workflow: { steps: [] }, explanation: "Tells sales." };
    for (const end of ["stop", "fail"] as const) {
      let goOn = () => {};
      const run = createTaskRun(
        {
          run: () => Promise.reject(),
          async *stream() {
            yield { type: "tool-call-start", id: "1", name: "lookup" };
            yield { type: "partial", partial: partial as object };
            yield { type: "partial", partial: next as object };
            await new Promise<void>((resolve) => (goOn = resolve));
            throw createClientError({ code: "stream_cut" });
          },
        },
        "workflow",
      );
      const seen: unknown[] = [];
      run.subscribe(() => seen.push(run.getState()));
      run.start({ description: "x" });
      expect(run.getState()).toMatchObject({ status: "loading", partial: undefined });
      await vi.waitFor(() => expect(run.getState()).toMatchObject({ status: "loading", partial: next }));
      expect(seen).toContainEqual(expect.objectContaining({ partial }));
      if (end === "stop") run.stop();
      else goOn();
      const status = end === "stop" ? "stopped" : "error";
      await vi.waitFor(() => expect(run.getState()).toMatchObject({ status, partial: next }));
      run.retry();
      expect(run.getState()).toMatchObject({ status: "loading", partial: undefined });
      run.reset();
    }
  });

  it("keeps the text that came before a failure", async () => {
    const { run, call } = chatRun();
    run.start(question);
    await call(0).say("It st");
    await call(0).fail({ code: "stream_cut" });
    expect(run.getState()).toMatchObject({
      status: "error",
      input: question,
      partialText: "It st",
      error: { code: "stream_cut", message: "AI is unavailable, please try again.", retryable: true },
    });
  });

  it("makes a client error of whatever a client throws", async () => {
    const cause = new TypeError("x is not a function");
    const run = createTaskRun(
      {
        run: () => Promise.reject(cause),
        stream: () => {
          throw cause;
        },
      },
      "chat",
    );
    run.start(question);
    await vi.waitFor(() => expect(run.getState().status).toBe("error"));
    expect(run.getState()).toMatchObject({
      error: { code: "network", message: "AI is unavailable, please try again.", cause },
    });
  });

  it("takes a stream without a finish for a failure", async () => {
    const run = createTaskRun({ run: () => Promise.reject(), stream: async function* () {} }, "chat");
    run.start(question);
    await vi.waitFor(() => expect(run.getState()).toMatchObject({ error: { code: "stream_cut" } }));
  });
});

describe("stop", () => {
  it("aborts the call and keeps its text", async () => {
    const { run, call } = chatRun();
    run.start(question);
    await call(0).say("It st");
    run.stop();
    expect(call(0).signal?.aborted).toBe(true);
    expect(run.getState()).toEqual({ status: "stopped", input: question, partialText: "It st" });
  });

  it("lets nothing late through", async () => {
    const { run, seen, call } = chatRun();
    run.start(question);
    run.stop();
    const count = seen.length;
    await call(0).say("late");
    await call(0).finish({ reply: "late" });
    expect(seen).toHaveLength(count);
  });

  it("changes nothing when no call is loading", async () => {
    const { run, seen, call } = chatRun();
    run.stop();
    run.start(question);
    await call(0).finish({ reply: "Done." });
    const after = run.getState();
    run.stop();
    expect(run.getState()).toBe(after);
    expect(seen.map(({ status }) => status)).toEqual(["loading", "success"]);
  });
});

describe("start again", () => {
  it("aborts the call before and ignores what it still says", async () => {
    const { run, call } = chatRun();
    run.start(question);
    run.start({ message: "And a condition?" });
    expect(call(0).signal?.aborted).toBe(true);
    expect(call(1).signal?.aborted).toBe(false);
    await call(1).say("It guards");
    await call(0).fail({ code: "network" });
    expect(run.getState()).toMatchObject({ status: "loading", partialText: "It guards" });
  });

  it("retry sends the last input", async () => {
    const { client, run, call } = chatRun();
    run.retry();
    expect(client.runs).toHaveLength(0);
    run.start(question);
    await call(0).fail({ code: "timeout" });
    run.retry();
    expect(run.getState()).toEqual({ status: "loading", input: question, partialText: "" });
    await call(1).finish({ reply: "Now." });
    expect(run.getState()).toMatchObject({ status: "success", reply: { reply: "Now." } });
  });

  it("does not stop what the server itself has ended", async () => {
    const { client, call } = chatRun();
    const stop = vi.fn(async () => {});
    const run = createTaskRun({ ...client, stop }, "chat");
    run.start(question);
    await call(0).fail({ code: "rate_limited" });
    run.retry();
    await call(1).finish({ reply: "Now." });
    run.start(question);
    run.reset();
    expect(stop).not.toHaveBeenCalled();
  });

  it("reset aborts and forgets", async () => {
    const { run, seen, call } = chatRun();
    run.reset();
    expect(seen).toHaveLength(0);
    run.start(question);
    run.reset();
    expect(call(0).signal?.aborted).toBe(true);
    expect(run.getState()).toEqual({ status: "idle" });
    await call(0).finish({ reply: "late" });
    expect(run.getState()).toEqual({ status: "idle" });
  });
});

describe("listeners", () => {
  it("hear of each change once, until they unsubscribe; the state is the same object in between", async () => {
    const { run, call } = chatRun();
    const listener = vi.fn();
    const unsubscribe = run.subscribe(listener);
    const other = run.subscribe(listener);
    other();
    run.start(question);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(run.getState()).toBe(run.getState());
    unsubscribe();
    await call(0).say("It");
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("may stop or start a run from within", async () => {
    const { client, run } = chatRun();
    const unsubscribe = run.subscribe(() => run.stop());
    run.start(question);
    unsubscribe();
    expect(run.getState().status).toBe("stopped");
    expect(client.runs).toHaveLength(0);
  });

  it("can't break a run by throwing", async () => {
    const reported: unknown[] = [];
    vi.spyOn(globalThis, "queueMicrotask").mockImplementation((callback) => {
      try {
        callback();
      } catch (error) {
        reported.push(error);
      }
    });
    const { run, call, seen } = chatRun();
    const defect = new Error("in a component");
    run.subscribe(() => {
      throw defect;
    });
    run.start(question);
    await call(0).finish({ reply: "Done." });
    vi.restoreAllMocks();
    expect(seen.at(-1)).toMatchObject({ status: "success" });
    expect(reported).toEqual([defect, defect]);
  });
});
