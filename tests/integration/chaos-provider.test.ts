import { isGatewayError, type Provider } from "@levqor/core";
import { openaiProvider } from "@levqor/core/openai";
import {
  chaosProvider,
  type Fault,
  fakeProvider,
  type ProviderScenario,
  providerContract,
  recordProvider,
} from "@levqor/core/testing";
import { afterEach, describe, expect, it } from "vitest";
import { type OpenAiWireServer, startOpenAiWireServer } from "../support/openai-wire-server.js";

const servers: OpenAiWireServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function createVendor(scenario: ProviderScenario): Promise<Provider> {
  const server = await startOpenAiWireServer(scenario);
  servers.push(server);
  return openaiProvider({ apiKey: "sk-test-0123456789abcdef", baseURL: server.baseURL });
}

describe("chaosProvider without faults", () => {
  for (const { name, run } of providerContract)
    it(name, () => run(async (scenario) => chaosProvider(await createVendor(scenario), { plan: [] })));
});

describe("recordProvider", () => {
  for (const { name, run } of providerContract)
    it(name, () => run(async (scenario) => recordProvider(await createVendor(scenario)).provider));
});

/** What one call shows and how it ends. */
async function outcomeOf(provider: Provider, incremental: boolean) {
  const prompt = { messages: [{ role: "user", content: "hello" }] } as const;
  const request = { model: "gpt-4o-mini", prompt, maxOutputTokens: 16, temperature: 0, incremental };
  let text = "";
  try {
    for await (const event of provider.stream(request, { signal: new AbortController().signal }))
      if (event.type === "text-delta") text += event.delta;
  } catch (error) {
    if (isGatewayError(error)) return { text, code: error.code, details: error.details };
    throw error;
  }
  return { text, code: "ok" };
}

const statuses = [400, 401, 402, 403, 404, 408, 409, 422, 429, 500, 502, 503, 529].map(
  (status): [Fault, ProviderScenario] => [
    { fault: "status", status },
    { kind: "status", status },
  ],
);

describe("a fault fails as a vendor's server of that kind makes the vendor's package fail", () => {
  it.each<[Fault, ProviderScenario]>([
    ...statuses,
    [
      { fault: "status", status: 429, retryAfterMs: 120_000 },
      { kind: "status", status: 429, retryAfterS: 120 },
    ],
    [
      { fault: "cut", after: 2 },
      { kind: "cut", pieces: ["one ", "two "] },
    ],
  ])("%o", async (fault, scenario) => {
    const chaos = chaosProvider(fakeProvider([{ text: ["one ", "two ", "three"] }]), { plan: [fault] });
    const vendor = await createVendor(scenario);
    for (const incremental of [true, false])
      expect(await outcomeOf(chaos, incremental)).toEqual(await outcomeOf(vendor, incremental));
  });

  it.each<[Fault, ProviderScenario]>([
    [
      { fault: "malformed", after: 2 },
      { kind: "malformed-event", pieces: ["one ", "two "] },
    ],
    [
      { fault: "in-band", after: 1, status: 529 },
      { kind: "in-band-error", pieces: ["one "] },
    ],
  ])("%o, in a stream", async (fault, scenario) => {
    const chaos = chaosProvider(fakeProvider([{ text: ["one ", "two ", "three"] }]), { plan: [fault] });
    expect(await outcomeOf(chaos, true)).toEqual(await outcomeOf(await createVendor(scenario), true));
  });
});
