import type { AsyncSearchIndex, SearchIndex } from "../../search/search-index.js";
import type { SearchItem } from "./search-item.js";

/** An index that the search tasks can use: one that `createSearchIndex` made of the product's items. */
export type ItemIndex = SearchIndex<SearchItem> | AsyncSearchIndex<SearchItem>;
