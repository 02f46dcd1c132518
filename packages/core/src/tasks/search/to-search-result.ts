import type { Highlight } from "../../search/search-index.js";
import { itemSummary } from "./item-summary.js";
import { makeSnippet } from "./make-snippet.js";
import type { SearchItem } from "./search-item.js";
import type { SearchResult } from "./search-result.js";

/** What callers see of an item that was found. */
export function toSearchResult(found: {
  readonly document: SearchItem;
  readonly score: number;
  readonly highlights?: readonly Highlight[];
}): SearchResult {
  const { document, score, highlights = [] } = found;
  return { ...itemSummary(document, score), ...makeSnippet(document.text, highlights) };
}
