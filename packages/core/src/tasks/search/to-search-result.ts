import type { Highlight } from "../../search/search-index.js";
import { shorten } from "../shorten.js";
import { makeSnippet } from "./make-snippet.js";
import type { SearchItem } from "./search-item.js";
import type { SearchResult } from "./search-result.js";

const mostTitleCharacters = 120;

/** What callers see of an item that was found. */
export function toSearchResult(found: {
  readonly document: SearchItem;
  readonly score: number;
  readonly highlights?: readonly Highlight[];
}): SearchResult {
  const { document, score, highlights = [] } = found;
  return {
    id: document.id,
    title: titleOf(document),
    ...urlOf(document),
    score: roundScore(score),
    ...makeSnippet(document.text, highlights),
  };
}

/** An address that is no text, as it comes from a database without types, is left out. */
export const urlOf = ({ url }: SearchItem): { readonly url?: string } =>
  typeof url === "string" ? { url } : {};

/** Within 0 to 1, with four decimals: more say nothing. */
export const roundScore = (score: number): number => Math.round(Math.min(1, Math.max(0, score)) * 1e4) / 1e4;

/** An item's title; without one the beginning of its text, or its id. */
export function titleOf({ id, title = "", text }: SearchItem): string {
  const given = shorten(title, mostTitleCharacters) || shorten(text.slice(0, 400), 60);
  return given || id;
}
