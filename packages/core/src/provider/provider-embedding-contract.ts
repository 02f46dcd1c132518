import assert from "node:assert/strict";
import type { ErrorCode } from "../errors/error-table.js";
import type { ContractCase } from "../testing/contract-case.js";
import { rejectsWith } from "../testing/provider-call.js";
import type { EmbeddingReply } from "./provider.js";
import type { CreateProvider, ProviderScenario } from "./provider-contract.js";

const vectors = [
  [1, 0, 0],
  [0, 0.5, -0.5],
];

async function embed(
  create: CreateProvider,
  scenario: ProviderScenario,
  { texts = ["one", "two"], signal = new AbortController().signal } = {},
): Promise<EmbeddingReply> {
  const provider = await create(scenario);
  assert.ok(provider.embed !== undefined, "the provider has no embed");
  return provider.embed({ model: "embedding-model", texts }, { signal });
}

const failsWith = (code: ErrorCode, name: string, scenario: ProviderScenario) => ({
  name: `turns ${name} into ${code} (embeddings)`,
  run: (create: CreateProvider) => rejectsWith(code, embed(create, scenario)),
});

/** What every provider with `embed` promises. */
export const providerEmbeddingContract: readonly ContractCase<CreateProvider>[] = [
  {
    name: "gives a vector a text, in order, and reported usage",
    async run(create) {
      const reply = await embed(create, { kind: "embeddings", vectors });
      assert.deepEqual(
        reply.vectors.map((vector) => Array.from(vector)),
        vectors,
      );
      assert.deepEqual(reply.usage, { inputTokens: 7, outputTokens: 0, source: "reported" });
    },
  },
  {
    name: "calls nobody for no texts",
    async run(create) {
      const reply = await embed(create, { kind: "status", status: 500 }, { texts: [] });
      assert.deepEqual(reply.vectors, []);
    },
  },
  failsWith("provider_malformed", "a missing vector", { kind: "embeddings", vectors: [[1, 0]] }),
  failsWith("provider_malformed", "vectors of two lengths", { kind: "embeddings", vectors: [[1, 0], [1]] }),
  failsWith("provider_malformed", "empty vectors", { kind: "embeddings", vectors: [[], []] }),
  failsWith("provider_malformed", "garbage", { kind: "garbage" }),
  failsWith("provider_unauthorized", "status 401", { kind: "status", status: 401 }),
  failsWith("provider_rate_limited", "status 429", { kind: "status", status: 429 }),
  failsWith("provider_rejected", "status 400", { kind: "status", status: 400 }),
  failsWith("provider_unavailable", "status 500", { kind: "status", status: 500 }),
  {
    name: "throws the signal's reason when it aborts (embeddings)",
    async run(create) {
      const controller = new AbortController();
      const reason = new Error("enough");
      const embedding = embed(create, { kind: "hang", pieces: [] }, { signal: controller.signal });
      controller.abort(reason);
      await assert.rejects(embedding, (error) => error === reason);
    },
  },
];
