import { shorten } from "../shorten.js";
import type { SearchItem } from "./search-item.js";

/** What every result and recommendation says of its item. */
export interface ItemSummary {
  readonly id: string;
  readonly title: string;
  readonly url?: string;
  readonly score: number;
}

const mostTitleCharacters = 120;

/** The score is brought within 0 to 1, with four decimals: more say nothing. */
export const itemSummary = (item: SearchItem, score: number): ItemSummary => ({
  id: item.id,
  title: titleOf(item),
  // An address that is no text, as it comes from a database without types, is left out.
  ...(typeof item.url === "string" ? { url: item.url } : {}),
  score: Math.round(Math.min(1, Math.max(0, score)) * 1e4) / 1e4,
});

/** An item's title; without one the beginning of its text, or its id. */
export function titleOf({ id, title = "", text }: SearchItem): string {
  const given = shorten(title, mostTitleCharacters) || shorten(text.slice(0, 400), 60);
  return given || id;
}
