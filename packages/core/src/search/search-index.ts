import type { Caller, TaskCall } from "../pipeline/task-call.js";
import type { SearchDocument } from "./search-document.js";

/** How to search. */
export interface SearchOptions<Document extends SearchDocument = SearchDocument>
  extends Pick<TaskCall, "known"> {
  /** Most hits. @default 10 */
  readonly limit?: number | undefined;
  /** Who asks: decides which documents exist for this search. @default nobody: only documents open to everyone */
  readonly caller?: Caller | undefined;
  /** Keeps a document in the search. Called before it is scored. @default all */
  readonly where?: ((document: Document) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A part of a document that holds a word of the query: UTF-16 offsets, `end` exclusive. */
export interface Highlight {
  readonly field: "title" | "text";
  readonly start: number;
  readonly end: number;
}

/** A document that fits. */
export interface SearchHit<Document extends SearchDocument = SearchDocument> {
  readonly id: string;
  /** 0 to 1, best first: how much it shares with the query beside the best hit. Compares the hits of one search. */
  readonly score: number;
  readonly document: Document;
  readonly highlights: readonly Highlight[];
}

/** A word that was read as another one. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

/** Finds documents by their words and by likeness. Made by `createSearchIndex`. */
export interface SearchIndex<Document extends SearchDocument = SearchDocument> {
  /** The documents that fit, best first. An empty query finds nothing. */
  search(query: string, options?: SearchOptions<Document>): readonly SearchHit<Document>[];
  /** Documents like these, which themselves are left out. Unknown ids, and those the caller may not see, count for nothing. */
  similar(ids: readonly string[], options?: SearchOptions<Document>): readonly SearchHit<Document>[];
  /** The words of a query that no document of the caller has, and what each is read as. */
  corrections(query: string, options?: Pick<SearchOptions<Document>, "caller">): readonly Correction[];
  /** The document, if the caller may see it. */
  get(id: string, options?: Pick<SearchOptions<Document>, "caller">): Document | undefined;
  /** Every document that the caller may see, in the order of their adding. */
  documents(options?: Pick<SearchOptions<Document>, "caller">): readonly Document[];
  /** Adds documents; one with a known id replaces the old one. */
  add(documents: readonly Document[]): void;
  remove(ids: readonly string[]): void;
  /** How many documents it holds. */
  readonly size: number;
}

/** The same, with embeddings of masked text that come from elsewhere. When they fail, words alone decide. */
export interface AsyncSearchIndex<Document extends SearchDocument = SearchDocument>
  extends Omit<SearchIndex<Document>, "search" | "similar"> {
  search(query: string, options?: SearchOptions<Document>): Promise<readonly SearchHit<Document>[]>;
  similar(ids: readonly string[], options?: SearchOptions<Document>): Promise<readonly SearchHit<Document>[]>;
}
