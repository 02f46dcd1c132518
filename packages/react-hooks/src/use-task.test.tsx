import { type ScriptedClient, type ScriptedRun, scriptedClient } from "@levqor/core/testing";
import { act, cleanup, render, renderHook, screen } from "@testing-library/react";
import { type ReactNode, StrictMode, useEffect } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { AiProvider } from "./ai-provider.js";
import { useAiSearch } from "./use-ai-search.js";
import { useDebugAssistant } from "./use-debug-assistant.js";
import { useOnboarding } from "./use-onboarding.js";
import { useRecommendations } from "./use-recommendations.js";
import { useTask } from "./use-task.js";
import { useWorkflowBuilder } from "./use-workflow-builder.js";

/** `act` by its asynchronous overload only. */
const actAsync: <Value>(play: () => Promise<Value>) => Promise<Value> = act;

afterEach(cleanup);

const runOf = (client: ScriptedClient, index: number): ScriptedRun => {
  const found = client.runs[index];
  if (!found) throw new Error(`There was no call ${index}.`);
  return found;
};

function renderTaskHook<Result>(hook: () => Result) {
  const client = scriptedClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <AiProvider client={client}>{children}</AiProvider>
    </StrictMode>
  );
  return { client, ...renderHook(hook, { wrapper }) };
}

const sentence = { description: "When a lead fills a form, tell #sales" };
const workflow = { steps: [{ type: "trigger", service: "forms", description: "A form is filled" }] };

describe("a task hook", () => {
  it("goes from idle to the reply", async () => {
    const { client, result } = renderTaskHook(useWorkflowBuilder);
    expect(result.current).toMatchObject({
      status: "idle",
      input: undefined,
      data: undefined,
      error: undefined,
      partialText: "",
      isLoading: false,
      degraded: undefined,
    });
    act(() => result.current.start(sentence));
    expect(client.runs).toHaveLength(1);
    expect(runOf(client, 0)).toMatchObject({ task: "workflow", input: sentence, signal: { aborted: false } });
    expect(result.current).toMatchObject({ status: "loading", input: sentence, isLoading: true });
    await actAsync(async () =>
      runOf(client, 0).finish({ workflow, explanation: "Tells sales." }, { degraded: "no_provider" }),
    );
    expect(result.current).toMatchObject({
      status: "success",
      input: sentence,
      data: { workflow, explanation: "Tells sales." },
      degraded: "no_provider",
      isLoading: false,
    });
  });

  it("fails, retries, stops and resets", async () => {
    const { client, result } = renderTaskHook(() => useTask("chat"));
    act(() => result.current.start({ message: "Hi" }));
    await actAsync(async () => runOf(client, 0).say("Hel"));
    expect(result.current.partialText).toBe("Hel");
    await actAsync(async () => runOf(client, 0).fail({ code: "timeout" }));
    expect(result.current).toMatchObject({
      status: "error",
      error: { code: "timeout" },
      partialText: "Hel",
      isLoading: false,
    });
    act(() => result.current.retry());
    expect(result.current).toMatchObject({ status: "loading", error: undefined, partialText: "" });
    act(() => result.current.stop());
    expect(runOf(client, 1).signal?.aborted).toBe(true);
    expect(result.current).toMatchObject({ status: "stopped", input: { message: "Hi" }, isLoading: false });
    act(() => result.current.reset());
    expect(result.current).toMatchObject({ status: "idle", input: undefined });
  });

  it.each([
    ["workflow", useWorkflowBuilder],
    ["debug", useDebugAssistant],
    ["onboarding", useOnboarding],
    ["semantic_search", () => useAiSearch()],
    ["intelligent_search", () => useAiSearch({ filters: true })],
    ["get_recommendations", useRecommendations],
    ["summarize", () => useTask("summarize")],
  ])("of %s calls that task", (task, hook) => {
    const { client, result } = renderTaskHook(hook as () => ReturnType<typeof useTask>);
    act(() => result.current.start({ text: "x" }));
    expect(runOf(client, 0)).toMatchObject({ task, input: { text: "x" } });
  });

  it("gives the same object until something changes, and the same functions always", async () => {
    const { client, result, rerender } = renderTaskHook(useOnboarding);
    const before = result.current;
    rerender();
    expect(result.current).toBe(before);
    act(() => result.current.start({ stage: "first_login" }));
    await actAsync(async () => runOf(client, 0).finish({ checklist: [], tips: [] }));
    for (const name of ["start", "stop", "retry", "reset"] as const) {
      expect(result.current[name]).toBe(before[name]);
    }
  });

  it("starts afresh when it is given another task", async () => {
    const client = scriptedClient();
    const { result, rerender } = renderHook(({ name }: { name: string }) => useTask(name), {
      wrapper: ({ children }) => <AiProvider client={client}>{children}</AiProvider>,
      initialProps: { name: "summarize" },
    });
    act(() => result.current.start("x"));
    rerender({ name: "translate" });
    expect(runOf(client, 0).signal?.aborted).toBe(true);
    expect(result.current.status).toBe("idle");
  });

  it("aborts a running call when the component goes", () => {
    const { client, result, unmount } = renderTaskHook(useDebugAssistant);
    act(() => result.current.start({ error_type: "auth_error", message: "401" }));
    unmount();
    expect(runOf(client, 0).signal?.aborted).toBe(true);
  });
});

describe("a call that an effect starts", () => {
  function Tutor() {
    const { start, data, status } = useOnboarding();
    useEffect(() => start({ stage: "first_login" }), [start]);
    return <p>{data?.checklist.join() ?? status}</p>;
  }

  it("survives StrictMode's second mount", async () => {
    const client = scriptedClient();
    render(
      <StrictMode>
        <AiProvider client={client}>
          <Tutor />
        </AiProvider>
      </StrictMode>,
    );
    expect(client.runs.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
    expect(screen.getByText("loading")).toBeDefined();
    await actAsync(async () => runOf(client, 0).finish({ checklist: ["Late"], tips: [] }));
    await actAsync(async () => runOf(client, 1).finish({ checklist: ["Connect a tool"], tips: [] }));
    expect(screen.getByText("Connect a tool")).toBeDefined();
  });
});
