import { type EmbeddingReply, type EmbeddingRequest, GatewayError } from "@levqor/core";
import type { AiSdkEmbeddingModel, AiSdkProviderOptions } from "./ai-sdk-model.js";

/** What one call needs beside its request. */
interface EmbedCall {
  readonly providerOptions: AiSdkProviderOptions;
  readonly signal: AbortSignal;
}

/** One call for all texts. */
export async function embedTexts(
  model: AiSdkEmbeddingModel,
  { texts }: EmbeddingRequest,
  { providerOptions, signal }: EmbedCall,
): Promise<EmbeddingReply> {
  signal.throwIfAborted();
  if (texts.length === 0) return { vectors: [] };
  const result = await model.doEmbed({ values: [...texts], abortSignal: signal, providerOptions });
  const tokens = result?.usage?.tokens;
  return {
    vectors: toVectors(inOrder(result?.embeddings, result?.response?.body), texts.length),
    usage:
      typeof tokens === "number" && Number.isFinite(tokens)
        ? { inputTokens: tokens, outputTokens: 0, source: "reported" }
        : undefined,
  };
}

/** Models hand on the vectors as they came; where the vendor's reply gives each a place (`data[].index`), that counts. */
function inOrder(embeddings: unknown, body: unknown): unknown[] {
  const vectors: unknown[] = Array.isArray(embeddings) ? embeddings : [];
  const { data } = Object(body) as { readonly data?: unknown };
  const places = (Array.isArray(data) ? data : []).map((item) => (Object(item) as { index?: unknown }).index);
  const isOrder =
    places.length === vectors.length && places.every((place) => Object.hasOwn(vectors, String(place)));
  if (!isOrder || new Set(places).size !== places.length) return vectors;
  return vectors.map((_, place) => vectors[places.indexOf(place)]);
}

function toVectors(embeddings: readonly unknown[], count: number): Float32Array[] {
  const vectors = embeddings.flatMap((vector) =>
    Array.isArray(vector) && vector.length > 0 && vector.every(Number.isFinite)
      ? [Float32Array.from(vector)]
      : [],
  );
  const isWhole = embeddings.length === count && vectors.length === count;
  if (isWhole && vectors.every(({ length }) => length === vectors[0]?.length)) return vectors;
  throw new GatewayError("provider_malformed", "The reply does not hold one vector for each text.");
}
