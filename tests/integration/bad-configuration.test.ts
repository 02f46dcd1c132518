import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { anthropicProvider } from "@levqor/anthropic";
import { createAiGateway, isGatewayError, type Provider } from "@levqor/core";
import { gatewayFromEnv } from "@levqor/core/node";
import { openaiProvider } from "@levqor/core/openai";
import { fakeProvider, memoryAuditSink } from "@levqor/core/testing";
import { afterEach, describe, expect, it } from "vitest";

/** What a server answers that is not the vendor's, or does not know what it is asked for. */
interface Answer {
  readonly status: number;
  readonly type: "text/html" | "application/json";
  readonly body: string;
}

const page = (status: number): Answer => ({
  status,
  type: "text/html",
  body: "<!doctype html><title>CANARY page</title>",
});
const unknownModel: Answer = {
  status: 404,
  type: "application/json",
  body: JSON.stringify({
    error: { message: "CANARY model", type: "not_found_error", code: "model_not_found" },
  }),
};

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Starts a server that answers `given` below `/v1`, and a 404 page elsewhere; gives its address without `/v1`. */
async function startServer(given: Answer): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const { status, type, body } = request.url?.startsWith("/v1/") ? given : page(404);
    response.writeHead(status, { "content-type": type }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: a TCP server has one
}

/** An address where nothing listens any more. */
async function closedAddress(): Promise<string> {
  const address = await startServer(page(200));
  closers.pop()?.();
  return address;
}

async function failureOf(provider: Provider, incremental: boolean): Promise<unknown> {
  const request = {
    model: provider.model,
    prompt: { messages: [{ role: "user", content: "hello" }] },
    maxOutputTokens: 16,
    temperature: 0,
    incremental,
  } as const;
  try {
    for await (const _ of provider.stream(request, { signal: new AbortController().signal }));
  } catch (error) {
    return error;
  }
  return undefined;
}

const vendors: Record<string, (address: string) => Provider> = {
  openai: (address) => openaiProvider({ apiKey: "none", baseURL: `${address}/v1` }),
  anthropic: (address) => anthropicProvider({ apiKey: "none", baseURL: address }),
};

/** What is wrong, where the provider is sent, and what it must say. */
const mistakes: readonly (readonly [string, () => Promise<string>, string, string])[] = [
  [
    "a model that the vendor does not know",
    () => startServer(unknownModel),
    "provider_rejected",
    "The provider does not know the model or the address (404): check the target's model and the provider's baseURL.",
  ],
  [
    "a port where nothing listens",
    closedAddress,
    "provider_unavailable",
    "The provider can't be reached: check baseURL and the network.",
  ],
  [
    "a host that does not exist",
    async () => "http://no-such-host.invalid",
    "provider_unavailable",
    "The provider can't be reached: check baseURL and the network.",
  ],
  [
    "TLS where the server speaks none",
    async () => (await startServer(page(200))).replace("http:", "https:"),
    "provider_unavailable",
    "The provider can't be reached: check baseURL and the network.",
  ],
  [
    "an address that is no URL",
    async () => "CANARY no url",
    "provider_rejected",
    "The provider's baseURL is not a URL: correct it.",
  ],
  [
    "a proxy that answers 502 with a page",
    () => startServer(page(502)),
    "provider_unavailable",
    "The provider, or a proxy before it, failed (502): see the provider's status page.",
  ],
  [
    "a path that is not the vendor's",
    async () => `${await startServer(page(200))}/wrong`,
    "provider_rejected",
    "The provider does not know the model or the address (404): check the target's model and the provider's baseURL.",
  ],
];

describe.each(Object.entries(vendors))("%s, configured with", (_, createProvider) => {
  it.each(mistakes)("%s, says what to look at", async (_, start, code, message) => {
    const provider = createProvider(await start());
    for (const incremental of [false, true]) {
      const error = await failureOf(provider, incremental);
      expect(error).toMatchObject({ code, message });
      expect(String(error)).not.toContain("CANARY");
    }
  });
});

it.each([
  ["openai", "it often ends in /v1"],
  ["anthropic", "it stands without /v1"],
])("%s, whose address answers 200 with a page, says so", async (name, advice) => {
  const address = await startServer(page(200));
  for (const incremental of [false, true]) {
    const error = await failureOf(vendors[name]?.(address) as Provider, incremental); // as: both are there
    expect(error).toMatchObject({
      code: "provider_malformed",
      message: `The provider's reply is not JSON: check baseURL, ${advice}.`,
    });
  }
});

it("openai without the /v1 of its address says so, too", async () => {
  const provider = openaiProvider({ apiKey: "none", baseURL: await startServer(page(200)) });
  const error = await failureOf(provider, true);
  expect(isGatewayError(error, "provider_rejected")).toBe(true);
  expect(String(error)).toContain("check the target's model and the provider's baseURL");
});

it("a gateway asks a target with an unknown model once, and the next one answers", async () => {
  const auditSink = memoryAuditSink();
  const gateway = createAiGateway({
    targets: [
      { provider: openaiProvider({ apiKey: "none", baseURL: `${await startServer(unknownModel)}/v1` }) },
      { provider: fakeProvider([{ text: "Hello." }]) },
    ],
    auditSink,
    logger: { info() {}, warn() {}, error() {} },
  });
  const { reply } = await gateway.chat({ message: "Hello" });
  expect(reply).toBe("Hello.");
  const outcomes = auditSink.records[0]?.attempts.map(({ outcome }) => outcome);
  expect(outcomes).toEqual(["provider_rejected", "ok"]);
});

describe("a gateway from an environment with", () => {
  const secret = "0123456789abcdefghij";

  it.each([
    ["quotes around the key", `"sk-proj-${secret}"`],
    ["a new line after the key", `sk-proj-${secret}\n`],
    ["Bearer before the key", `Bearer sk-proj-${secret}`],
    ["Anthropic's key for OpenAI's", `sk-ant-api03-${secret}`],
    ["half a key", "sk-proj-0123"],
  ])("%s does not start, and names the variable", async (_, key) => {
    for (const name of ["OPENAI_API_KEY", "AI_OPENAI_API_KEY"]) {
      const error = await gatewayFromEnv({ env: { [name]: key } }).catch((thrown: unknown) => thrown);
      expect(isGatewayError(error, "invalid_config")).toBe(true);
      expect(String(error)).toContain(`${name}: `);
      expect(String(error)).not.toContain("0123");
    }
  });
});
