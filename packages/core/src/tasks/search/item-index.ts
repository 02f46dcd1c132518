import type { Caller } from "../../pipeline/task-call.js";
import type { AsyncSearchIndex, SearchIndex } from "../../search/search-index.js";
import type { SearchItem } from "./search-item.js";

/** An index that the search tasks can use: it finds items, and lists those that a caller may see. */
export type ItemIndex = (SearchIndex<SearchItem> | AsyncSearchIndex<SearchItem>) & {
  /** Every document that the caller may see, in the order of their first adding. */
  documents(options?: { readonly caller?: Caller | undefined }): Iterable<SearchItem>;
};
