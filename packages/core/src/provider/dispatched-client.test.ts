import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { OpenAI } from "openai";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createDispatchedClient } from "./dispatched-client.js";

interface Arrived {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

let server: Server;
let settings: { apiKey: string; baseURL: string; maxRetries: 0 };
let arrived: Arrived[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    arrived.push({ url: request.url, headers: request.headers, body: JSON.parse(text) });
    response.setHeader("content-type", "application/json").end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // as: a TCP server has one
  settings = { apiKey: "sk-test", baseURL: `http://127.0.0.1:${port}/v1?tenant=a`, maxRetries: 0 };
});
beforeEach(() => {
  arrived = [];
});
afterEach(() => {
  vi.unstubAllGlobals();
});
afterAll(() => server.close());

const ask = (client: OpenAI, content: string, signal?: AbortSignal) =>
  client.chat.completions
    .create({ model: "m", messages: [{ role: "user", content }] }, signal ? { signal } : {})
    .asResponse()
    .then((response) => response.text());
const embed = (client: OpenAI, input: string) =>
  client.embeddings.create({ model: "e", input, encoding_format: "float" }).asResponse();

/** What the global fetch adds by itself, or has to. */
const addedByFetch = ["accept-encoding", "accept-language", "sec-fetch-mode", "connection"];
const withoutAdded = ({ headers, ...rest }: Arrived) => ({
  ...rest,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !addedByFetch.includes(name))),
});

describe("createDispatchedClient", () => {
  it("sends what the official client sends: address, headers, body, call after call", async () => {
    for (const client of [new OpenAI(settings), createDispatchedClient(settings)]) {
      await ask(client, "one");
      await embed(client, "two");
      await ask(client, "three, longer");
    }
    const [one, two, three, ...ours] = arrived.map(withoutAdded);
    expect(ours).toEqual([one, two, three]);
    expect(one?.headers["user-agent"]).toMatch(/^OpenAI\/JS /);
    expect(one?.url).toBe(three?.url);
    expect(one?.url).not.toBe(two?.url);
  });

  it("keeps nothing of a call for the next one", async () => {
    const client = createDispatchedClient(settings);
    const controller = new AbortController();
    await ask(client, "one", controller.signal);
    controller.abort();
    await ask(client, "two");
    await expect(ask(client, "three", AbortSignal.abort())).rejects.toThrow(OpenAI.APIUserAbortError);
    await Promise.all([ask(client, "four"), ask(client, "five")]);
    const contents = arrived.map(
      ({ body }) => (body as { messages: [{ content: string }] }).messages[0].content,
    );
    expect(contents.sort()).toEqual(["five", "four", "one", "two"]);
  });

  it("gives a global fetch that somebody put in place headers of its own", async () => {
    const replaced = vi.fn<typeof globalThis.fetch>(async (_, init) => {
      const { headers } = init as { headers: Headers }; // as: what fetch is given
      headers.append("x-trace", "1");
      return Response.json({});
    });
    vi.stubGlobal("fetch", replaced);
    const client = createDispatchedClient(settings);
    await ask(client, "one");
    await ask(client, "two");
    const traces = replaced.mock.calls.map(([, init]) => new Headers(init?.headers).get("x-trace"));
    expect(traces).toEqual(["1", "1"]);
  });

  it("gives a dispatcher that somebody put in place headers of its own", async () => {
    const place = Symbol.for("undici.globalDispatcher.1");
    const process = globalThis as unknown as Record<symbol, { dispatch: (...of: unknown[]) => unknown }>; // as: untyped
    const client = createDispatchedClient(settings);
    await ask(client, "one");
    const usual = process[place];
    process[place] = {
      dispatch(...of) {
        const [{ headers }] = of as [{ headers: string[] }]; // as: what a dispatcher is given
        headers.push(`x-trace-${arrived.length}`, "1");
        return usual?.dispatch(...of);
      },
    };
    try {
      await ask(client, "two");
      await ask(client, "three");
    } finally {
      if (usual) process[place] = usual;
    }
    const traces = arrived.map(({ headers }) =>
      Object.keys(headers).filter((name) => name.startsWith("x-trace")),
    );
    expect(traces).toEqual([[], ["x-trace-1"], ["x-trace-2"]]);
  });

  it("gives up a server that does not begin to answer, as the official client does", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo; // as: a TCP server has one
    const client = createDispatchedClient({ ...settings, baseURL: `http://127.0.0.1:${port}`, timeout: 1 });
    await expect(ask(client, "one")).rejects.toThrow(OpenAI.APIConnectionTimeoutError);
    silent.closeAllConnections();
    silent.close();
  });

  it("keeps the clients' keys apart", async () => {
    await ask(createDispatchedClient({ ...settings, apiKey: "sk-one" }), "one");
    await ask(createDispatchedClient({ ...settings, apiKey: "sk-two" }), "two");
    expect(arrived.map(({ headers }) => headers.authorization)).toEqual(["Bearer sk-one", "Bearer sk-two"]);
  });
});
