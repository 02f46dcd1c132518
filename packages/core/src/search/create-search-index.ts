import type { Masker } from "../mask/masker.js";
import { createAsyncSearchIndex } from "./async-search-index.js";
import { checkDocuments } from "./check-documents.js";
import { checkEmbedder } from "./embed-checked.js";
import type { Embedder, LocalEmbedder } from "./embedder.js";
import { hashingEmbedder } from "./hashing-embedder.js";
import { createLocalSearch } from "./local-search.js";
import { maskedEmbedder } from "./masked-embedder.js";
import type { SearchDocument } from "./search-document.js";
import type { AsyncSearchIndex, SearchIndex } from "./search-index.js";
import { findHits, findSimilar, readCorrections, readDocument, visibleDocuments } from "./search-requests.js";

/** What an index is made from. */
export interface SearchIndexOptions<Document extends SearchDocument = SearchDocument> {
  /** More can be added later. Their text is read now: changing an object afterwards changes nothing; add it again. */
  readonly documents: readonly Document[];
  /**
   * Compares meanings. One that is not local makes searching asynchronous and needs a `masker`.
   *
   * @default hashingEmbedder()
   */
  readonly embedder?: Embedder | undefined;
  /**
   * Masks documents and queries before an embedder that is not local sees them: the gateway's, or one of the same
   * options. Each value becomes its type, `[EMAIL]`. @default none: a local embedder sees them as they are
   */
  readonly masker?: Masker | undefined;
  /** Groups of words that stand for one another, beside common ones of software: `[["invoice", "bill"]]`. @default [] */
  readonly synonyms?: readonly (readonly string[])[] | undefined;
  /** How alike (0 to 1) a document without a word of the query must be to be found. @default 0.3 */
  readonly leastLikeness?: number | undefined;
  /** Told when an asynchronous embedder fails; the search then goes on by words and hashing. @default nobody */
  readonly onEmbedderError?: ((error: unknown) => void) | undefined;
}

const defaultLeastLikeness = 0.3;

/**
 * Reads documents into memory and finds them by words and by likeness, for the caller who may see them. Throws
 * `invalid_config` that lists every document it can't read, or for an embedder without the masker that it needs.
 *
 * @example
 * const index = createSearchIndex({ documents: [{ id: "1", title: "Refunds", text: "Within 14 days." }] });
 * index.search("how to get a refnd", { limit: 5 });
 */
export function createSearchIndex<Document extends SearchDocument>(
  options: SearchIndexOptions<Document> & { readonly embedder?: LocalEmbedder | undefined },
): SearchIndex<Document>;
export function createSearchIndex<Document extends SearchDocument>(
  options: SearchIndexOptions<Document> & { readonly embedder: Embedder; readonly masker: Masker },
): AsyncSearchIndex<Document>;
export function createSearchIndex<Document extends SearchDocument>(
  options: SearchIndexOptions<Document>,
): SearchIndex<Document> | AsyncSearchIndex<Document> {
  const { documents, embedder = hashingEmbedder(), masker, onEmbedderError } = options;
  const { synonyms, leastLikeness = defaultLeastLikeness } = options;
  checkEmbedder(embedder, masker);
  checkDocuments(documents);
  const local = isLocal(embedder) ? embedder : hashingEmbedder();
  const search = createLocalSearch<Document>({ embedder: local, leastLikeness, synonyms });
  search.add(documents);
  if (masker !== undefined && !isLocal(embedder))
    return createAsyncSearchIndex(search, { embedder: maskedEmbedder(embedder, masker), onEmbedderError });
  return {
    search: (query, options) => findHits(search, query, { options }),
    similar: (ids, options) => findSimilar(search, ids, { options }),
    corrections: (query, options) => readCorrections(search, query, options?.caller),
    get: (id, options) => readDocument(search, id, options?.caller),
    documents: (options) => visibleDocuments(search, options?.caller),
    add(documents) {
      checkDocuments(documents);
      search.add(documents);
    },
    remove: search.remove,
    get size() {
      return search.store.size;
    },
  };
}

const isLocal = (embedder: Embedder): embedder is LocalEmbedder => embedder.isLocal === true;
