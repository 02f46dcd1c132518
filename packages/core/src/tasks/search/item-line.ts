import { titleOf } from "./item-summary.js";
import { makeSnippet } from "./make-snippet.js";
import type { SearchItem } from "./search-item.js";

const mostCharacters = 200;

/**
 * An item as one line of a prompt. JSON keeps what it says apart from the instructions, and shows its id so that a
 * model can write it back.
 */
export function itemLine(item: SearchItem, more: Readonly<Record<string, string>> = {}): string {
  const { snippet } = makeSnippet(item.text, [], mostCharacters);
  return JSON.stringify({ id: item.id, title: titleOf(item), ...more, text: snippet });
}
