import { scriptedClient } from "@levqor/core/testing";
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { AiProvider } from "./ai-provider.js";
import { useAiChat } from "./use-ai-chat.js";

/** `act` by its asynchronous overload only. */
const actAsync: <Value>(play: () => Promise<Value>) => Promise<Value> = act;

afterEach(cleanup);

it("hands out text: nothing in a question or an answer becomes part of the page", async () => {
  const hostile =
    '<script>alert(1)</script><img src=x onerror="alert(1)">![x](https://evil.example)\u001b[31m';
  const client = scriptedClient();
  let send = (_text: string) => {};
  function Chat() {
    const chat = useAiChat();
    send = chat.send;
    return chat.messages.map(({ id, text }) => <p key={id}>{text}</p>);
  }
  const { container } = render(
    <AiProvider client={client}>
      <Chat />
    </AiProvider>,
  );
  act(() => send(hostile));
  await actAsync(async () => client.runs[0]?.finish({ reply: hostile }));
  expect([...container.querySelectorAll("p")].map(({ textContent }) => textContent)).toEqual([
    hostile,
    hostile,
  ]);
  expect(container.querySelectorAll("script, img, a")).toHaveLength(0);
});
