import { invalidConfig } from "../errors/invalid-config.js";
import type { Masker } from "../mask/masker.js";
import type { Embedder, LocalEmbedder } from "./embedder.js";

/** The vectors of a local embedder. Throws `invalid_config` when it breaks its promise. */
export function embedChecked(embedder: LocalEmbedder, texts: readonly string[]): readonly Float32Array[] {
  return checkVectors(embedder, texts, embedder.embed(texts));
}

/** Hands the vectors on. Throws `invalid_config` when their number, a length or a value is not as promised. */
export function checkVectors(
  { dimensions }: Pick<Embedder, "dimensions">,
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
  if (!vectors.every((vector) => vector.every(Number.isFinite))) {
    throw invalidConfig("The embedder is broken", ["embed: gave a vector with a value that is no number"]);
  }
  return vectors;
}

/** Checks what a program without types may pass. Throws `invalid_config`. */
export function checkEmbedder({ dimensions, embed, isLocal }: Embedder, masker: Masker | undefined): void {
  const problems = [
    ...(Number.isInteger(dimensions) && dimensions > 0
      ? []
      : ["embedder.dimensions: must be a whole number above 0"]),
    ...(typeof embed === "function" ? [] : ["embedder.embed: must be a function"]),
    ...(isLocal === true || typeof Object(masker).mask === "function" ? [] : [noMasker]),
  ];
  if (problems.length > 0) throw invalidConfig("Search index", problems);
}

const noMasker =
  "masker: is missing; an embedder that is not local is shown masked text only: pass the gateway's masker, or patternMasker()";
