import { createAiClient } from "@levqor/core/client";
import { scriptedClient } from "@levqor/core/testing";
import { act, cleanup, render, renderHook, screen } from "@testing-library/react";
import { StrictMode, useEffect } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { AiProvider, type AiProviderProps } from "./ai-provider.js";
import { useAiChat } from "./use-ai-chat.js";
import { useAiClient } from "./use-ai-client.js";
import { useTask } from "./use-task.js";

/** `act` by its asynchronous overload only. */
const actAsync: <Value>(play: () => Promise<Value>) => Promise<Value> = act;

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const reply = { success: true, reply: "Hello.", metadata: {} };

/** Stands in for the browser's fetch and keeps the headers of every request. */
function stubFetch() {
  const requests: { url: string; authorization: string | null }[] = [];
  vi.stubGlobal("fetch", async (url: string, { headers }: RequestInit) => {
    requests.push({ url, authorization: new Headers(headers).get("authorization") });
    return Response.json(reply);
  });
  return requests;
}

function Chat() {
  const { messages, send } = useAiChat();
  return (
    <button type="button" onClick={() => send("Hi")}>
      {messages.map(({ text }) => text).join(" / ") || "nothing yet"}
    </button>
  );
}

const page = (props: AiProviderProps) => (
  <StrictMode>
    <AiProvider {...props}>
      <Chat />
    </AiProvider>
  </StrictMode>
);

const ask = () => actAsync(async () => screen.getByRole("button").click());

describe("without a provider", () => {
  it.each([
    ["useAiChat", () => useAiChat()],
    ["useAiClient", () => useAiClient()],
    ["useTask", () => useTask("chat")],
  ])("%s says what to do", (name, hook) => {
    const silenced = vi.spyOn(console, "error").mockImplementation(() => {});
    // React 18 throws it at the window too.
    const prevent = (event: Event) => event.preventDefault();
    window.addEventListener("error", prevent);
    expect(() => renderHook<unknown, unknown>(hook)).toThrow(
      `${name} needs a provider above it: wrap this part of the page in <AiProvider>.`,
    );
    window.removeEventListener("error", prevent);
    silenced.mockRestore();
  });
});

describe("the client", () => {
  it("is the given one", () => {
    const client = createAiClient();
    const { result } = renderHook(() => useAiClient(), {
      wrapper: ({ children }) => <AiProvider client={client}>{children}</AiProvider>,
    });
    expect(result.current).toBe(client);
  });

  it("is made for the same origin by default, or for another address", async () => {
    const requests = stubFetch();
    const { rerender } = render(page({}));
    await ask();
    rerender(page({ baseUrl: "https://api.example.com/ai" }));
    await ask();
    expect(requests.map(({ url }) => url)).toEqual(["/api/ai/chat", "https://api.example.com/ai/chat"]);
  });

  it("sends the headers of the last render, and keeps the conversation", async () => {
    const requests = stubFetch();
    const { rerender } = render(page({ headers: { authorization: "Bearer 1" } }));
    await ask();
    rerender(page({ headers: { authorization: "Bearer 2" } }));
    await ask();
    rerender(page({ headers: async () => ({ authorization: "Bearer 3" }) }));
    await ask();
    expect(requests.map(({ authorization }) => authorization)).toEqual(["Bearer 1", "Bearer 2", "Bearer 3"]);
    expect(screen.getByText("Hi / Hello. / Hi / Hello. / Hi / Hello.")).toBeDefined();
  });
});

describe("another identity", () => {
  it("sees nothing of the one before, and aborts its call", async () => {
    const client = scriptedClient();
    const { rerender } = render(page({ client, identity: "tenant-1/ada" }));
    await ask();
    await actAsync(async () => client.runs[0]?.say("Ada's secret"));
    expect(screen.getByText("Hi / Ada's secret")).toBeDefined();
    rerender(page({ client, identity: "tenant-1/ben" }));
    expect(screen.getByText("nothing yet")).toBeDefined();
    expect(client.runs[0]?.signal?.aborted).toBe(true);
    await actAsync(async () => client.runs[0]?.finish({ reply: "Ada's secret, late" }));
    expect(screen.getByText("nothing yet")).toBeDefined();
    await ask();
    expect(client.runs[1]?.input).toEqual({ message: "Hi", context: undefined });
  });

  it("is not mixed up with a render that changes nothing", async () => {
    const client = scriptedClient();
    const { rerender } = render(page({ client, identity: "ada" }));
    await ask();
    await actAsync(async () => client.runs[0]?.finish({ reply: "Hello." }));
    rerender(page({ client, identity: "ada" }));
    expect(screen.getByText("Hi / Hello.")).toBeDefined();
  });

  it("sends its own headers also with a call that an effect below starts", async () => {
    const requests = stubFetch();
    function Greeting({ user }: { user: string }) {
      const { start } = useTask("chat");
      // biome-ignore lint/correctness/useExhaustiveDependencies: greets each user
      useEffect(() => start({ message: "Hi" }), [start, user]);
      return null;
    }
    const signedIn = (user: string) => (
      <AiProvider identity={user} headers={{ authorization: user }}>
        <Greeting user={user} />
      </AiProvider>
    );
    const { rerender } = render(signedIn("ada"));
    await actAsync(async () => {});
    rerender(signedIn("ben"));
    await actAsync(async () => {});
    expect(requests.map(({ authorization }) => authorization)).toEqual(["ada", "ben"]);
  });
});
