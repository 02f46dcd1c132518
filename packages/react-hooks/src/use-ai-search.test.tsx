import { scriptedClient } from "@levqor/core/testing";
import { act, cleanup, renderHook } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { afterEach, expect, it } from "vitest";
import { AiProvider } from "./ai-provider.js";
import { useAiSearch } from "./use-ai-search.js";

/** `act` by its asynchronous overload only. */
const actAsync: <Value>(play: () => Promise<Value>) => Promise<Value> = act;

afterEach(cleanup);

it("forgets and aborts a search when it switches to filters", async () => {
  const client = scriptedClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <AiProvider client={client}>{children}</AiProvider>
    </StrictMode>
  );
  const { result, rerender } = renderHook(({ filters }) => useAiSearch({ filters }), {
    wrapper,
    initialProps: { filters: false },
  });
  act(() => result.current.start({ query: "refund" }));
  rerender({ filters: true });
  expect(result.current).toMatchObject({ status: "idle", input: undefined, data: undefined });
  const [plain] = client.runs;
  expect(plain).toMatchObject({ task: "semantic_search", signal: { aborted: true } });

  act(() => result.current.start({ query: "open invoices" }));
  const found = { structured_query: { text: "" }, results: [], explanation: "Nothing was found." };
  await actAsync(async () => client.runs[1]?.finish(found));
  expect(client.runs[1]?.task).toBe("intelligent_search");
  expect(result.current).toMatchObject({ status: "success", data: found });
  rerender({ filters: false });
  expect(result.current).toMatchObject({ status: "idle", data: undefined });
});
