import type { OpenAI } from "openai";
import { GatewayError } from "../errors/gateway-error.js";
import type { EmbeddingReply, EmbeddingRequest } from "./provider.js";

/** One call for all texts. */
export async function embedWithOpenAi(
  client: OpenAI,
  { model, texts }: EmbeddingRequest,
  signal: AbortSignal,
): Promise<EmbeddingReply> {
  signal.throwIfAborted();
  if (texts.length === 0) return { vectors: [] };
  // Numbers: the SDK asks for base64 by itself, which not every compatible server knows.
  const body = { model, input: [...texts], encoding_format: "float" as const };
  const { data, usage } = await client.embeddings.create(body, { signal });
  return {
    vectors: toVectors(data, texts.length),
    usage:
      typeof usage?.prompt_tokens === "number"
        ? { inputTokens: usage.prompt_tokens, outputTokens: 0, source: "reported" }
        : undefined,
  };
}

/** Puts the vectors in the order of the texts. The types of the SDK are what the wire promises, not what it holds. */
function toVectors(data: unknown, count: number): Float32Array[] {
  const vectors: Float32Array[] = [];
  for (const [place, item] of (Array.isArray(data) ? data : []).entries()) {
    const { index = place, embedding } = Object(item) as { index?: unknown; embedding?: unknown };
    const isVector = Array.isArray(embedding) && embedding.length > 0 && embedding.every(Number.isFinite);
    if (typeof index === "number" && isVector) vectors[index] = Float32Array.from(embedding);
  }
  const isWhole = vectors.length === count && Object.keys(vectors).length === count;
  if (isWhole && vectors.every(({ length }) => length === vectors[0]?.length)) return vectors;
  throw new GatewayError("provider_malformed", "The reply does not hold one vector for each text.");
}
