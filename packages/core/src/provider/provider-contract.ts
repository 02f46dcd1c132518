import assert from "node:assert/strict";
import type { ErrorCode } from "../errors/error-table.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { ContractCase } from "../testing/contract-case.js";
import { eventsOf, finishOf, rejectsWith, requestTo, textOf, wayOf } from "../testing/provider-call.js";
import type { Provider } from "./provider.js";
import { toolCallContract } from "./tool-call-contract.js";

/** A tool call that a vendor's server makes. */
export interface ScenarioToolCall {
  readonly id: string;
  readonly name: string;
  /** Its arguments in the pieces in which they are streamed. A server whose plain replies hold no text parses them. */
  readonly pieces: readonly string[];
}

/** What the vendor's server shall do in a case. */
export type ProviderScenario =
  /** Answers with these pieces of text, or of JSON when asked for it; reports 7 input and 3 output tokens. */
  | { readonly kind: "reply"; readonly pieces: readonly string[] }
  /** The same, but says that the token limit cut the text. */
  | { readonly kind: "length"; readonly pieces: readonly string[] }
  /** Says a text, then calls tools. `ends`: the token limit cuts the last call, or the stream breaks off in it. */
  | {
      readonly kind: "tool-calls";
      readonly text: string;
      readonly calls: readonly ScenarioToolCall[];
      readonly ends?: "limit" | "cut" | undefined;
    }
  /** Sends these pieces, then nothing more, and keeps the connection open. */
  | { readonly kind: "hang"; readonly pieces: readonly string[] }
  /** Sends these pieces, then closes without an end mark. */
  | { readonly kind: "cut"; readonly pieces: readonly string[] }
  /** Sends these pieces, then breaks the connection. */
  | { readonly kind: "reset"; readonly pieces: readonly string[] }
  /** Sends these pieces, then an event that can't be parsed, then the end mark. */
  | { readonly kind: "malformed-event"; readonly pieces: readonly string[] }
  /** Sends these pieces, then in the 200 says that it is overloaded. */
  | { readonly kind: "in-band-error"; readonly pieces: readonly string[] }
  /** Answers with this HTTP status, and with this Retry-After in seconds. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfterS?: number }
  /** Answers 200 with something that is not the vendor's format. */
  | { readonly kind: "garbage" }
  /** Its content filter stops the reply. */
  | { readonly kind: "filtered" }
  /** Answers with these vectors, one a text, and reports 7 input tokens. */
  | { readonly kind: "embeddings"; readonly vectors: readonly (readonly number[])[] };

/** Makes a provider whose server plays the scenario. */
export type CreateProvider = (scenario: ProviderScenario) => Promise<Provider>;

const replies = (incremental: boolean): ContractCase<CreateProvider> => ({
  name: `yields the text and then one finish with reported usage (${wayOf(incremental)})`,
  async run(create) {
    const provider = await create({ kind: "reply", pieces: ["Hel", "lo ", "wörld"] });
    const events = await eventsOf(provider, { incremental });
    const { reason, usage } = finishOf(events);
    assert.equal(textOf(events), "Hello wörld");
    assert.equal(reason, "stop");
    assert.equal(usage?.inputTokens, 7);
    assert.equal(usage?.outputTokens, 3);
    assert.equal(usage?.source, "reported");
  },
});

const saysCutOff = (incremental: boolean): ContractCase<CreateProvider> => ({
  name: `says that the token limit cut the text (${wayOf(incremental)})`,
  async run(create) {
    const provider = await create({ kind: "length", pieces: ["Hel", "lo"] });
    const events = await eventsOf(provider, { incremental });
    assert.equal(textOf(events), "Hello");
    assert.equal(finishOf(events).reason, "length");
  },
});

const repliesInJson = (incremental: boolean): ContractCase<CreateProvider> => ({
  name: `yields JSON as text when it is asked for a format (${wayOf(incremental)})`,
  async run(create) {
    const provider = await create({ kind: "reply", pieces: ['{"answ', 'er":"y', 'es"}'] });
    const schema = { type: "object", properties: { answer: { type: "string" } }, required: ["answer"] };
    const events = await eventsOf(provider, { incremental, responseFormat: { name: "answer", schema } });
    assert.deepEqual(JSON.parse(textOf(events)), { answer: "yes" });
    assert.equal(finishOf(events).reason, "stop");
    assert.deepEqual(new Set(events.map(({ type }) => type)), new Set(["text-delta", "finish"]));
  },
});

function failsWith(
  code: ErrorCode,
  scenario: ProviderScenario,
  incremental: boolean,
): ContractCase<CreateProvider> {
  const what = scenario.kind === "status" ? `status ${scenario.status}` : scenario.kind;
  return {
    name: `turns ${what} into ${code} (${wayOf(incremental)})`,
    run: async (create) => rejectsWith(code, eventsOf(await create(scenario), { incremental })),
  };
}

const bothWays = (code: ErrorCode, scenario: ProviderScenario) => [
  failsWith(code, scenario, false),
  failsWith(code, scenario, true),
];

const breaksInStream = (code: ErrorCode, kind: "cut" | "reset" | "malformed-event" | "in-band-error") => [
  failsWith(code, { kind, pieces: ["Hel"] }, true),
  {
    name: `turns ${kind} before the first text into ${code} (streamed)`,
    run: async (create: CreateProvider) =>
      rejectsWith(code, eventsOf(await create({ kind, pieces: [] }), { incremental: true })),
  },
];

const stallsUntilAborted = (incremental: boolean): ContractCase<CreateProvider> => ({
  name: `waits for a silent server until the signal aborts, and throws its reason (${wayOf(incremental)})`,
  async run(create) {
    const provider = await create({ kind: "hang", pieces: [] });
    const controller = new AbortController();
    const reason = new Error("enough");
    const reading = eventsOf(provider, { incremental }, controller.signal);
    controller.abort(reason);
    await assert.rejects(reading, (error) => error === reason);
  },
});

/** What every provider promises. Those that have `embed` also keep `providerEmbeddingContract`. */
export const providerContract: readonly ContractCase<CreateProvider>[] = [
  replies(false),
  replies(true),
  saysCutOff(false),
  saysCutOff(true),
  repliesInJson(false),
  repliesInJson(true),
  ...bothWays("provider_unauthorized", { kind: "status", status: 401 }),
  ...bothWays("provider_unauthorized", { kind: "status", status: 403 }),
  ...bothWays("provider_rejected", { kind: "status", status: 400 }),
  ...bothWays("provider_rejected", { kind: "status", status: 404 }),
  ...bothWays("provider_rejected", { kind: "status", status: 413 }),
  ...bothWays("provider_unavailable", { kind: "status", status: 500 }),
  ...bothWays("provider_unavailable", { kind: "status", status: 503 }),
  ...bothWays("provider_unavailable", { kind: "status", status: 529 }),
  ...bothWays("provider_rate_limited", { kind: "status", status: 429 }),
  ...bothWays("provider_filtered", { kind: "filtered" }),
  failsWith("provider_malformed", { kind: "garbage" }, false),
  ...breaksInStream("provider_cut", "cut"),
  ...breaksInStream("provider_cut", "reset"),
  ...breaksInStream("provider_malformed", "malformed-event"),
  ...breaksInStream("provider_unavailable", "in-band-error"),
  {
    name: "passes on how long a 429 asks to wait",
    async run(create) {
      const provider = await create({ kind: "status", status: 429, retryAfterS: 7 });
      await assert.rejects(eventsOf(provider), (error) => {
        assert.ok(isGatewayError(error, "provider_rate_limited"));
        assert.equal(error.details.retryAfterMs, 7000);
        return true;
      });
    },
  },
  {
    name: "throws the signal's reason when it aborts in mid-stream",
    async run(create) {
      const provider = await create({ kind: "hang", pieces: ["Hel"] });
      const controller = new AbortController();
      const reason = new Error("enough");
      const reading = (async () => {
        const request = requestTo(provider, { incremental: true });
        for await (const event of provider.stream(request, { signal: controller.signal })) {
          if (event.type === "text-delta") controller.abort(reason);
        }
      })();
      await assert.rejects(reading, (error) => error === reason);
    },
  },
  {
    name: "throws the signal's reason when it is aborted already",
    async run(create) {
      const provider = await create({ kind: "reply", pieces: ["Hello"] });
      const reason = new Error("too late");
      await assert.rejects(eventsOf(provider, {}, AbortSignal.abort(reason)), (error) => error === reason);
    },
  },
  stallsUntilAborted(false),
  stallsUntilAborted(true),
  ...toolCallContract,
];
