import { checkDocuments } from "./check-documents.js";
import type { Likeness, LocalSearch } from "./local-search.js";
import type { MaskedEmbedder } from "./masked-embedder.js";
import { createRemoteVectors } from "./remote-vectors.js";
import type { SearchDocument } from "./search-document.js";
import type { AsyncSearchIndex, SearchOptions } from "./search-index.js";
import {
  findHits,
  findSimilar,
  readCorrections,
  readDocument,
  textOf,
  visibleDocuments,
  visibleSlots,
} from "./search-requests.js";

/** Where the meanings come from, and who is told when they don't. */
export interface RemoteLikeness {
  readonly embedder: MaskedEmbedder;
  readonly onEmbedderError?: ((error: unknown) => void) | undefined;
}

/** Joins a local search with an embedder that needs time and may fail. A failure costs the likeness, not the search. */
export function createAsyncSearchIndex<Document extends SearchDocument>(
  search: LocalSearch<Document>,
  { embedder, onEmbedderError }: RemoteLikeness,
): AsyncSearchIndex<Document> {
  const vectors = createRemoteVectors(embedder);

  async function likenessOrNone(
    vectorOf: () => Promise<Float32Array | undefined>,
    options: SearchOptions<Document> | undefined,
  ): Promise<Likeness | undefined> {
    try {
      options?.signal?.throwIfAborted();
      await vectors.embedAll(search.store.documents(), options?.signal);
      const vector = await vectorOf();
      if (vector === undefined) return undefined;
      const { store } = search;
      return Float32Array.from({ length: store.slotCount }, (_, slot) =>
        vectors.likenessOf(vector, store.documentAt(slot)),
      );
    } catch (error) {
      report(onEmbedderError, error);
      return undefined;
    }
  }

  return {
    async search(query, options) {
      const text = textOf(query);
      if (search.readQuery(text, options?.caller).length === 0) return [];
      const likeness = await likenessOrNone(
        () => vectors.embedText(text, { known: options?.known, signal: options?.signal }),
        options,
      );
      return findHits(search, text, { options, likeness });
    },
    async similar(ids, options) {
      if (visibleSlots(search, ids, options?.caller).length === 0) return [];
      const likeness = await likenessOrNone(async () => {
        const slots = visibleSlots(search, ids, options?.caller);
        return vectors.middleOf(slots.map((slot) => search.store.documentAt(slot)));
      }, options);
      return findSimilar(search, ids, { options, likeness });
    },
    corrections: (query, options) => readCorrections(search, query, options?.caller),
    get: (id, options) => readDocument(search, id, options?.caller),
    documents: (options) => visibleDocuments(search, options?.caller),
    add(documents) {
      checkDocuments(documents);
      vectors.forget(documents);
      search.add(documents);
    },
    remove: search.remove,
    get size() {
      return search.store.size;
    },
  };
}

/** What a listener throws is its own affair. */
function report(listener: RemoteLikeness["onEmbedderError"], error: unknown): void {
  try {
    listener?.(error);
  } catch {}
}
