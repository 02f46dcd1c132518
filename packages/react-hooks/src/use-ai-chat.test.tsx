import { type ScriptedRun, scriptedClient } from "@levqor/core/testing";
import { act, cleanup, renderHook } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { AiProvider } from "./ai-provider.js";
import { type UseAiChatOptions, useAiChat } from "./use-ai-chat.js";

/** `act` by its asynchronous overload only. */
const actAsync: <Value>(play: () => Promise<Value>) => Promise<Value> = act;

afterEach(cleanup);

function renderChat(initialProps: UseAiChatOptions = {}) {
  const client = scriptedClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <AiProvider client={client}>{children}</AiProvider>
    </StrictMode>
  );
  const hook = renderHook((options: UseAiChatOptions) => useAiChat(options), { wrapper, initialProps });
  const run = (index: number): ScriptedRun => {
    const found = client.runs[index];
    if (!found) throw new Error(`There was no call ${index}.`);
    return found;
  };
  return { client, run, ...hook, chat: () => hook.result.current };
}

const texts = ({ messages }: ReturnType<typeof useAiChat>) => messages.map(({ text }) => text);

describe("useAiChat", () => {
  it("asks once, and shows the answer as it grows", async () => {
    const { client, chat, run } = renderChat({ context: { page: "pricing" } });
    expect(chat()).toMatchObject({ messages: [], status: "ready", isLoading: false, error: undefined });
    act(() => chat().send("What does it cost?"));
    expect(client.runs).toHaveLength(1);
    expect(run(0)).toMatchObject({
      task: "chat",
      input: { message: "What does it cost?", context: { page: "pricing" } },
      signal: { aborted: false },
    });
    expect(chat()).toMatchObject({ status: "submitted", isLoading: true });
    await actAsync(async () => run(0).say("From £9"));
    expect(texts(chat())).toEqual(["What does it cost?", "From £9"]);
    expect(chat()).toMatchObject({ status: "streaming", isLoading: true, degraded: undefined });
    await actAsync(async () => run(0).finish({ reply: "From £9 a month." }, { degraded: "provider_down" }));
    expect(texts(chat())).toEqual(["What does it cost?", "From £9 a month."]);
    expect(chat()).toMatchObject({ status: "ready", isLoading: false, degraded: "provider_down" });
  });

  it("tells a failure and retries", async () => {
    const { chat, run } = renderChat();
    act(() => chat().send("Hi"));
    await actAsync(async () => run(0).fail({ code: "network" }));
    expect(chat()).toMatchObject({
      status: "error",
      isLoading: false,
      error: { message: "AI is unavailable, please try again." },
    });
    act(() => chat().retry());
    await actAsync(async () => run(1).finish({ reply: "Hello." }));
    expect(chat()).toMatchObject({ status: "ready", error: undefined });
    expect(texts(chat())).toEqual(["Hi", "Hello."]);
  });

  it("stops and resets", async () => {
    const { chat, run } = renderChat();
    act(() => chat().send("Hi"));
    await actAsync(async () => run(0).say("Hel"));
    act(() => chat().stop());
    expect(run(0).signal?.aborted).toBe(true);
    expect(chat().messages.at(-1)).toMatchObject({ text: "Hel", status: "stopped" });
    act(() => chat().reset());
    expect(chat().messages).toEqual([]);
  });

  it("takes the context of the last render", async () => {
    const { chat, run, rerender } = renderChat({ context: { page: "pricing" } });
    rerender({ context: { page: "trial" } });
    act(() => chat().send("Hi"));
    expect(run(0).input).toMatchObject({ context: { page: "trial" } });
    rerender({});
    act(() => chat().send("Hi again"));
    expect(run(1).input).toMatchObject({ context: undefined });
  });

  it("gives the same object until something changes, and the same functions always", async () => {
    const { chat, run, rerender } = renderChat();
    const before = chat();
    rerender({});
    expect(chat()).toBe(before);
    act(() => chat().send("Hi"));
    await actAsync(async () => run(0).finish({ reply: "Hello." }));
    for (const name of ["send", "stop", "retry", "reset"] as const) expect(chat()[name]).toBe(before[name]);
  });

  it("aborts a running answer when the component goes", async () => {
    const { chat, run, unmount } = renderChat();
    act(() => chat().send("Hi"));
    unmount();
    expect(run(0).signal?.aborted).toBe(true);
    await run(0).say("late");
  });
});
