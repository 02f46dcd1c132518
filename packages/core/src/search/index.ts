export {
  createSearchIndex,
  type SearchIndexOptions,
} from "./create-search-index.js";
export type { Embedder, LocalEmbedder } from "./embedder.js";
export { type HashingEmbedderOptions, hashingEmbedder } from "./hashing-embedder.js";
export type { DocumentAccess, SearchDocument } from "./search-document.js";
export type {
  AsyncSearchIndex,
  Correction,
  Highlight,
  SearchHit,
  SearchIndex,
  SearchOptions,
} from "./search-index.js";
