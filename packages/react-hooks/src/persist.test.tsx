import type { StreamEvent, TaskClient } from "@levqor/core/client";
import { scriptedReply } from "@levqor/core/testing";
import { act, cleanup, render, screen } from "@testing-library/react";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AiProvider } from "./ai-provider.js";
import { recordedClient } from "./recorded-client.test-support.js";
import { useAiChat } from "./use-ai-chat.js";
import { useWorkflowBuilder } from "./use-workflow-builder.js";

/** `act` by its asynchronous overload only. */
const actAsync: <Value>(play: () => Promise<Value>) => Promise<Value> = act;

beforeEach(() => sessionStorage.clear());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const text = (delta: string): StreamEvent<object> => ({ type: "text-delta", delta });
const finish = (output: object): StreamEvent<object> => ({ type: "finish", reply: scriptedReply(output) });

function Chat({ place = "help" }: { readonly place?: string | undefined }) {
  const { messages, send, stop, reset, retry, status } = useAiChat({ persist: place });
  return (
    <>
      <p>{[status, ...messages.map(({ text }) => text)].join(" / ")}</p>
      <button type="button" onClick={() => send("Hi")}>
        Ask
      </button>
      <button type="button" onClick={stop}>
        Stop
      </button>
      <button type="button" onClick={reset}>
        Reset
      </button>
      <button type="button" onClick={retry}>
        Retry
      </button>
    </>
  );
}

interface PageProps {
  readonly client: TaskClient;
  readonly identity?: string | undefined;
  readonly place?: string;
  readonly isOpen?: boolean;
}

const page = ({ client, identity = "acme/ada", place, isOpen = true }: PageProps) => (
  <StrictMode>
    <AiProvider client={client} identity={identity}>
      {isOpen ? <Chat place={place} /> : null}
    </AiProvider>
  </StrictMode>
);
const anonymousPage = (client: TaskClient) => (
  <StrictMode>
    <AiProvider client={client}>
      <Chat />
    </AiProvider>
  </StrictMode>
);
const press = (name: string) => actAsync(async () => screen.getByText(name).click());
const shown = () => document.querySelector("p")?.textContent;

/** Opens a page, and gives it time for what it takes up. */
async function open(element: Parameters<typeof render>[0]) {
  const view = render(element);
  await actAsync(async () => {});
  return view;
}

/** The page goes without a chance to do anything, as in a reload. */
const reload = (view: { unmount(): void }) => view.unmount();

describe("a conversation with persist", () => {
  it("goes on after a reload in the middle of an answer", async () => {
    const { client, calls, call } = recordedClient();
    const view = await open(page({ client }));
    await press("Ask");
    await actAsync(() => call(0).say(text("Hel")));
    expect(shown()).toBe("streaming / Hi / Hel");
    reload(view);
    await call(0).say(text("lo"));
    expect(call(0)).toMatchObject({ isStopped: false, readers: 0 });
    await open(page({ client }));
    expect(shown()).toBe("streaming / Hi / Hello");
    await actAsync(() => call(0).say(finish({ reply: "Hello." })));
    expect(shown()).toBe("ready / Hi / Hello.");
    expect(calls).toHaveLength(1);
    expect(call(0).readers).toBe(0);
  });

  it("goes on when its component comes back to the page", async () => {
    const { client, call } = recordedClient();
    const view = await open(page({ client }));
    await press("Ask");
    await actAsync(() => call(0).say(text("Hel")));
    view.rerender(page({ client, isOpen: false }));
    await actAsync(() => call(0).say(text("lo")));
    await actAsync(async () => view.rerender(page({ client })));
    expect(shown()).toBe("streaming / Hi / Hello");
    await press("Stop");
    expect(call(0).isStopped).toBe(true);
    expect(shown()).toBe("ready / Hi / Hello");
  });

  it("keeps the question with an error when the answer is lost, and asks again", async () => {
    const { client, call, forget } = recordedClient();
    const view = await open(page({ client }));
    await press("Ask");
    await actAsync(() => call(0).say(text("Hel")));
    reload(view);
    forget();
    await open(page({ client }));
    expect(shown()).toBe("error / Hi");
    await press("Retry");
    await actAsync(() => call(1).say(finish({ reply: "Hello." })));
    expect(shown()).toBe("ready / Hi / Hello.");
  });

  it("forgets on reset", async () => {
    const { client, call } = recordedClient();
    const view = await open(page({ client }));
    await press("Ask");
    await press("Reset");
    expect(call(0).isStopped).toBe(true);
    expect(sessionStorage).toHaveLength(0);
    reload(view);
    await open(page({ client }));
    expect(shown()).toBe("ready");
  });

  it("is another one in another place, and nothing is kept without a place", async () => {
    const { client, call } = recordedClient();
    const view = await open(page({ client, place: "help" }));
    await press("Ask");
    await actAsync(() => call(0).say(finish({ reply: "Hello." })));
    reload(view);
    const other = await open(page({ client, place: "dashboard" }));
    expect(shown()).toBe("ready");
    reload(other);
    await open(page({ client, place: "help" }));
    expect(shown()).toBe("ready / Hi / Hello.");
  });

  it("works where storage is blocked", async () => {
    vi.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
      throw new DOMException("blocked", "SecurityError");
    });
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    const { client, call } = recordedClient();
    await open(page({ client }));
    await press("Ask");
    await actAsync(() => call(0).say(finish({ reply: "Hello." })));
    expect(shown()).toBe("ready / Hi / Hello.");
  });
});

describe("another identity", () => {
  async function adaHasAsked() {
    const { client, call } = recordedClient();
    const view = await open(page({ client }));
    await press("Ask");
    await actAsync(() => call(0).say(text("Ada's secret")));
    return { client, call, view };
  }

  it("sees nothing after a reload, and the one before finds hers", async () => {
    const { client, view } = await adaHasAsked();
    reload(view);
    for (const identity of ["acme/ben", "acme", 'acme/ada"', "null"]) {
      const other = await open(page({ client, identity }));
      expect(shown(), identity).toBe("ready");
      reload(other);
    }
    reload(await open(anonymousPage(client)));
    await open(page({ client }));
    expect(shown()).toBe("streaming / Hi / Ada's secret");
  });

  it.each([
    ["shown", true],
    ["not shown", false],
  ])(
    "that signs in leaves nothing of the one before in the tab, whose part of the page is %s",
    async (_name, isOpen) => {
      const { client, view, call } = await adaHasAsked();
      view.rerender(page({ client, isOpen }));
      expect(sessionStorage).toHaveLength(1);
      await actAsync(async () => view.rerender(page({ client, identity: "acme/ben" })));
      expect(shown()).toBe("ready");
      expect(sessionStorage).toHaveLength(0);
      await actAsync(() => call(0).say(finish({ reply: "Ada's secret, late" })));
      expect(shown()).toBe("ready");
      expect(call(0).readers).toBe(0);
      expect(sessionStorage).toHaveLength(0);
      await actAsync(async () => view.rerender(page({ client })));
      expect(shown()).toBe("ready");
    },
  );
});

describe("a task with persist", () => {
  function Builder() {
    const { start, status, partial, data } = useWorkflowBuilder({ persist: "builder" });
    return (
      <>
        <p>{[status, data?.explanation ?? partial?.explanation ?? "nothing"].join(" / ")}</p>
        <button type="button" onClick={() => start({ description: "x" })}>
          Ask
        </button>
      </>
    );
  }
  const builder = (client: TaskClient) => (
    <StrictMode>
      <AiProvider client={client}>
        <Builder />
      </AiProvider>
    </StrictMode>
  );

  it("shows what there is so far, also after a reload, and then the whole", async () => {
    const { client, call } = recordedClient();
    const view = await open(builder(client));
    await press("Ask");
    expect(shown()).toBe("loading / nothing");
    await actAsync(() => call(0).say({ type: "partial", partial: { explanation: "Tells" } as object }));
    expect(shown()).toBe("loading / Tells");
    reload(view);
    const later = await open(builder(client));
    expect(shown()).toBe("loading / Tells");
    await actAsync(() => call(0).say(finish({ workflow: { steps: [] }, explanation: "Tells sales." })));
    expect(shown()).toBe("success / Tells sales.");
    reload(later);
    await open(builder(client));
    expect(shown()).toBe("success / Tells sales.");
  });
});

it("is rendered on a server as an empty page, and takes over without a mismatch", async () => {
  const { client, call } = recordedClient();
  const before = await open(page({ client }));
  await press("Ask");
  await actAsync(() => call(0).say(finish({ reply: "Hello." })));
  reload(before);

  const complaints = vi.spyOn(console, "error");
  const container = document.createElement("div");
  const read = vi.spyOn(Storage.prototype, "getItem");
  container.innerHTML = renderToString(page({ client }));
  expect(container.querySelector("p")?.textContent).toBe("ready");
  expect(read).not.toHaveBeenCalled();
  const onRecoverableError = vi.fn();
  const root = await actAsync(async () => hydrateRoot(container, page({ client }), { onRecoverableError }));
  expect(container.querySelector("p")?.textContent).toBe("ready / Hi / Hello.");
  await actAsync(async () => root.unmount());
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(complaints).not.toHaveBeenCalled();
});
