import assert from "node:assert/strict";
import type { ErrorCode } from "../errors/error-table.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { ContractCase } from "../testing/contract-case.js";
import type { Provider, ProviderEvent, ProviderRequest } from "./provider.js";

/** What the vendor's server shall do in a case. */
export type ProviderScenario =
  /** Answers with these pieces of text and reports 7 input and 3 output tokens. */
  | { readonly kind: "reply"; readonly pieces: readonly string[] }
  /** Sends these pieces, then nothing more, and keeps the connection open. */
  | { readonly kind: "hang"; readonly pieces: readonly string[] }
  /** Sends these pieces, then closes without an end mark. */
  | { readonly kind: "cut"; readonly pieces: readonly string[] }
  /** Answers with this HTTP status, and with this Retry-After in seconds. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfterS?: number }
  /** Answers 200 with something that is not the vendor's format. */
  | { readonly kind: "garbage" }
  /** Its content filter stops the reply. */
  | { readonly kind: "filtered" };

/** Makes a provider whose server plays the scenario. */
export type CreateProvider = (scenario: ProviderScenario) => Promise<Provider>;

const toRequest = (provider: Provider, incremental: boolean): ProviderRequest => ({
  model: provider.model,
  prompt: { system: "Be brief.", messages: [{ role: "user", content: "Say hello." }] },
  maxOutputTokens: 16,
  temperature: 0,
  incremental,
});

async function collect(provider: Provider, incremental: boolean, signal = new AbortController().signal) {
  const events: ProviderEvent[] = [];
  for await (const event of provider.stream(toRequest(provider, incremental), { signal })) events.push(event);
  return events;
}

const textOf = (events: readonly ProviderEvent[]) =>
  events.map((event) => (event.type === "text-delta" ? event.delta : "")).join("");

function replies(incremental: boolean): ContractCase<CreateProvider> {
  return {
    name: `yields the text and then one finish with reported usage (${incremental ? "streamed" : "whole"})`,
    async run(create) {
      const events = await collect(
        await create({ kind: "reply", pieces: ["Hel", "lo ", "wörld"] }),
        incremental,
      );
      assert.equal(textOf(events), "Hello wörld");
      const last = events.at(-1);
      assert.equal(events.filter(({ type }) => type === "finish").length, 1);
      assert.ok(last?.type === "finish");
      assert.equal(last.reason, "stop");
      assert.equal(last.usage?.inputTokens, 7);
      assert.equal(last.usage?.outputTokens, 3);
      assert.equal(last.usage?.source, "reported");
    },
  };
}

function failsWith(
  code: ErrorCode,
  scenario: ProviderScenario,
  incremental: boolean,
): ContractCase<CreateProvider> {
  const what = scenario.kind === "status" ? `status ${scenario.status}` : scenario.kind;
  return {
    name: `turns ${what} into ${code} (${incremental ? "streamed" : "whole"})`,
    async run(create) {
      const provider = await create(scenario);
      await assert.rejects(collect(provider, incremental), (error) => {
        assert.ok(isGatewayError(error, code), `expected ${code}, got ${String(error)}`);
        return true;
      });
    },
  };
}

const bothWays = (code: ErrorCode, scenario: ProviderScenario) => [
  failsWith(code, scenario, false),
  failsWith(code, scenario, true),
];

/** What every provider promises. */
export const providerContract: readonly ContractCase<CreateProvider>[] = [
  replies(false),
  replies(true),
  ...bothWays("provider_unauthorized", { kind: "status", status: 401 }),
  ...bothWays("provider_unauthorized", { kind: "status", status: 403 }),
  ...bothWays("provider_rejected", { kind: "status", status: 400 }),
  ...bothWays("provider_unavailable", { kind: "status", status: 500 }),
  ...bothWays("provider_unavailable", { kind: "status", status: 503 }),
  ...bothWays("provider_rate_limited", { kind: "status", status: 429 }),
  ...bothWays("provider_filtered", { kind: "filtered" }),
  failsWith("provider_malformed", { kind: "garbage" }, false),
  failsWith("provider_cut", { kind: "cut", pieces: ["Hel"] }, true),
  {
    name: "passes on how long a 429 asks to wait",
    async run(create) {
      const provider = await create({ kind: "status", status: 429, retryAfterS: 7 });
      await assert.rejects(collect(provider, false), (error) => {
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
        for await (const event of provider.stream(toRequest(provider, true), { signal: controller.signal })) {
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
      await assert.rejects(collect(provider, false, AbortSignal.abort(reason)), (error) => error === reason);
    },
  },
];
