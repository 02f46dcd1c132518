import { scriptedClient } from "@levqor/core/testing";
import { act, render, screen } from "@testing-library/react";
import { Activity } from "react";
import { expect, it } from "vitest";
import { AiProvider } from "./ai-provider.js";
import { useAiChat } from "./use-ai-chat.js";

/** `act` by its asynchronous overload only. */
const actAsync: <Value>(play: () => Promise<Value>) => Promise<Value> = act;

function Chat() {
  const { messages, send } = useAiChat();
  return (
    <button type="button" onClick={() => send("Hi")}>
      {messages.map(({ text, status }) => `${text} (${status})`).join(" / ")}
    </button>
  );
}

it("keeps a conversation while it is hidden, and stops the answer that still streams", async () => {
  const client = scriptedClient();
  const page = (mode: "visible" | "hidden") => (
    <AiProvider client={client}>
      <Activity mode={mode}>
        <Chat />
      </Activity>
    </AiProvider>
  );
  const { rerender } = render(page("visible"));
  act(() => screen.getByRole("button").click());
  await actAsync(async () => client.runs[0]?.say("Hel"));
  rerender(page("hidden"));
  expect(client.runs[0]?.signal?.aborted).toBe(true);
  rerender(page("visible"));
  expect(screen.getByText("Hi (complete) / Hel (stopped)")).toBeDefined();
});
