import { invalidConfig } from "../errors/invalid-config.js";
import type { Embedder, LocalEmbedder } from "./embedder.js";

/** The vectors of a local embedder. Throws `invalid_config` when it breaks its promise. */
export function embedChecked(embedder: LocalEmbedder, texts: readonly string[]): readonly Float32Array[] {
  return checkVectors(embedder, texts, embedder.embed(texts));
}

/** Hands the vectors on. Throws `invalid_config` when their number or a length is not as promised. */
export function checkVectors(
  { dimensions }: Embedder,
  texts: readonly string[],
  vectors: readonly Float32Array[],
): readonly Float32Array[] {
  if (vectors.length !== texts.length) {
    const problem = `embed: gave ${vectors.length} vectors for ${texts.length} texts`;
    throw invalidConfig("The embedder is broken", [problem]);
  }
  const wrong = vectors.find(({ length }) => length !== dimensions);
  if (wrong !== undefined) {
    const problem = `embed: gave a vector of ${wrong.length} numbers, but dimensions is ${dimensions}`;
    throw invalidConfig("The embedder is broken", [problem]);
  }
  return vectors;
}
