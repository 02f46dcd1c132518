import type { MaskContext } from "../mask/masker.js";
import { checkVectors } from "./embed-checked.js";
import { titleAndText } from "./local-search.js";
import type { MaskedEmbedder } from "./masked-embedder.js";
import type { SearchDocument } from "./search-document.js";

/** Vectors that come from elsewhere: asked for once a document and remembered as long as the document is. */
export interface RemoteVectors {
  /** Asks for what is missing, in batches. One failed batch ends it; the next call goes on from there. */
  embedAll(documents: readonly SearchDocument[], signal: AbortSignal | undefined): Promise<void>;
  /** Of a text that is no document, with what else is to be hidden in it. */
  embedText(text: string, context: Pick<MaskContext, "known" | "signal">): Promise<Float32Array | undefined>;
  /** 0 for a document without a vector. */
  likenessOf(vector: Float32Array, document: SearchDocument | undefined): number;
  /** The mean of the documents' vectors. */
  middleOf(documents: readonly (SearchDocument | undefined)[]): Float32Array | undefined;
  /** Drops the vectors of documents that may have changed. */
  forget(documents: readonly SearchDocument[]): void;
}

const batchSize = 64;

/** Remembers nothing yet. */
export function createRemoteVectors(embedder: MaskedEmbedder): RemoteVectors {
  const vectors = new WeakMap<SearchDocument, Float32Array>();
  /** Asked for, and not added again since. */
  const awaited = new WeakSet<SearchDocument>();
  let running: Promise<void> | undefined;

  const embed = async (texts: readonly string[], context: Pick<MaskContext, "known" | "signal">) =>
    checkVectors(embedder, texts, await embedder.embed(texts, context));
  // Not bound to one caller's signal: others wait for the same vectors.
  const fill = async (documents: readonly SearchDocument[]): Promise<void> => {
    const missing = documents.filter((document) => !vectors.has(document));
    for (let from = 0; from < missing.length; from += batchSize) {
      const batch = missing.slice(from, from + batchSize);
      for (const document of batch) awaited.add(document);
      const found = await embed(batch.map(titleAndText), {});
      for (const [at, document] of batch.entries()) {
        const vector = found[at];
        if (vector !== undefined && awaited.delete(document)) vectors.set(document, vector);
      }
    }
  };
  return {
    async embedAll(documents, signal) {
      await untilAborted(running, signal);
      if (documents.every((document) => vectors.has(document))) return;
      running ??= fill(documents).finally(() => {
        running = undefined;
      });
      await untilAborted(running, signal);
    },
    async embedText(text, context) {
      const [vector] = await untilAborted(embed([text], context), context.signal);
      return vector;
    },
    likenessOf(vector, document) {
      const other = document && vectors.get(document);
      return other === undefined ? 0 : dotProduct(vector, other);
    },
    middleOf(documents) {
      const known = documents.flatMap((document) => (document && vectors.get(document)) ?? []);
      if (known.length === 0) return undefined;
      const sum = new Float32Array(embedder.dimensions);
      for (const vector of known) {
        for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (vector[at] ?? 0) / known.length;
      }
      return sum;
    },
    forget(documents) {
      for (const document of documents) {
        vectors.delete(document);
        awaited.delete(document);
      }
    },
  };
}

function dotProduct(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}

/** Waits no longer than the signal allows; what was begun goes on by itself. */
function untilAborted<Value>(
  begun: Promise<Value> | Value,
  signal: AbortSignal | undefined,
): Promise<Value> | Value {
  if (signal === undefined) return begun;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    Promise.resolve(begun)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", stop));
  });
}
