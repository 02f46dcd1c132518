import { scriptedClient } from "@levqor/core/testing";
import { act } from "@testing-library/react";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { AiProvider } from "./ai-provider.js";
import { useAiChat } from "./use-ai-chat.js";
import { useWorkflowBuilder } from "./use-workflow-builder.js";

/** `act` by its asynchronous overload only. */
const actAsync: <Value>(play: () => Promise<Value>) => Promise<Value> = act;

function Page() {
  const chat = useAiChat({ context: { page: "dashboard" } });
  const builder = useWorkflowBuilder();
  return (
    <button type="button" onClick={() => chat.send("Hi")}>
      {chat.status} {chat.messages.length} {builder.status}
    </button>
  );
}

it("renders on a server, and takes over in the browser without a mismatch", async () => {
  const client = scriptedClient();
  const page = (
    <StrictMode>
      <AiProvider client={client}>
        <Page />
      </AiProvider>
    </StrictMode>
  );
  const complaints = vi.spyOn(console, "error");
  const container = document.createElement("div");
  container.innerHTML = renderToString(page);
  expect(container.textContent).toBe("ready 0 idle");

  const onRecoverableError = vi.fn();
  const root = await actAsync(async () => hydrateRoot(container, page, { onRecoverableError }));
  await actAsync(async () => container.querySelector("button")?.click());
  expect(container.textContent).toBe("submitted 1 idle");
  expect(client.runs).toHaveLength(1);
  await actAsync(async () => root.unmount());
  expect(client.runs[0]?.signal?.aborted).toBe(true);
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(complaints).not.toHaveBeenCalled();
});
