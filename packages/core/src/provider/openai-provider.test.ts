import { OpenAI } from "openai";
import { describe, expect, it, vi } from "vitest";
import { openaiProvider } from "./openai-provider.js";
import type { Provider, ProviderEvent } from "./provider.js";

const apiKey = "sk-test-0123456789abcdef";
const request = {
  model: "m",
  prompt: { messages: [{ role: "user", content: "hello" }] },
  maxOutputTokens: 16,
  temperature: 0,
} as const;

async function eventsOf(provider: Provider, incremental: boolean): Promise<ProviderEvent[]> {
  const events: ProviderEvent[] = [];
  const { signal } = new AbortController();
  for await (const event of provider.stream({ ...request, incremental }, { signal })) events.push(event);
  return events;
}

const told = [
  { type: "text-delta", delta: "hi" },
  { type: "finish", reason: "stop", usage: undefined },
];

/** A fetch that answers as the vendor does. */
const fetchOf = () =>
  vi.fn<typeof globalThis.fetch>(async (_, init) => {
    const { stream } = JSON.parse(String(init?.body));
    const [said, ended] = [{ content: "hi" }, { finish_reason: "stop" }];
    if (stream) {
      const [first, last] = [{ choices: [{ delta: said }] }, { choices: [{ delta: {}, ...ended }] }];
      return new Response(
        `data: ${JSON.stringify(first)}\n\ndata: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`,
      );
    }
    return Response.json({ choices: [{ message: said, ...ended }] });
  });

describe("openaiProvider", () => {
  it.each([false, true])("sends through a fetch that it is given (streamed: %s)", async (incremental) => {
    const fetch = fetchOf();
    const provider = openaiProvider({ apiKey, fetch });
    expect(await eventsOf(provider, incremental)).toEqual(told);
    expect(fetch.mock.calls[0]?.[0]).toBe("https://api.openai.com/v1/chat/completions");
    expect(JSON.parse(String(fetch.mock.calls[0]?.[1]?.body))).toMatchObject({ stream: incremental });
  });

  it("gives that fetch the headers of one call only", async () => {
    const fetch = fetchOf();
    const provider = openaiProvider({
      apiKey,
      async fetch(url, init) {
        const { headers } = init as { headers: Headers }; // as: what the SDK gives
        headers.append("x-trace", "1");
        return fetch(url, init);
      },
    });
    for (let call = 0; call < 3; call++) await eventsOf(provider, false);
    const traces = fetch.mock.calls.map(([, init]) => new Headers(init?.headers).get("x-trace"));
    expect(traces).toEqual(["1", "1", "1"]);
  });

  it.each([false, true])("asks through a client that it is given (streamed: %s)", async (incremental) => {
    const fetch = fetchOf();
    const client = new OpenAI({ apiKey, fetch, maxRetries: 0, defaultHeaders: { "x-own": "1" } });
    expect(await eventsOf(openaiProvider({ client }), incremental)).toEqual(told);
    expect(new Headers(fetch.mock.calls[0]?.[1]?.headers).get("x-own")).toBe("1");
  });

  it.each([false, true])("refuses a 200 that is no completion (streamed: %s)", async (incremental) => {
    const page = async () => new Response("<p>CANARY", { headers: { "content-type": "text/html" } });
    const reading = eventsOf(openaiProvider({ apiKey, fetch: page }), incremental);
    await expect(reading).rejects.toMatchObject({ code: "provider_malformed" });
    const nothing = async () => new Response(null);
    await expect(eventsOf(openaiProvider({ apiKey, fetch: nothing }), incremental)).rejects.toMatchObject({
      code: incremental ? "provider_cut" : "provider_malformed",
    });
  });
});
