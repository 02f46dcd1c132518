import type { Token } from "../services/scan-text.js";
import { phraseTable } from "./phrase-table.js";

/** What opens a condition or names an event: some words do anywhere, some only where a clause starts. */
const markers = {
  condition: {
    anywhere: phraseTable(
      `but only if|but only when|and only if|only if|only when|but not if|except if|except when|provided that|provided|
      as long as|in case|if|unless|whether|check if|check whether|see if|verify that|make sure that`,
    ),
    atStart: phraseTable("otherwise|or else|if not|else"),
  },
  trigger: {
    anywhere: phraseTable(
      `every time|each time|any time|anytime|whenever|when|as soon as|the moment|immediately after|right after|upon`,
    ),
    atStart: phraseTable(
      "once|after|before|for every|for each|for any new|for new|on every|on each|on any|on a new|on new",
    ),
  },
} as const;

/** How many tokens at `first` are a marker of this kind; 0 when none are. */
export function markerLength(
  kind: keyof typeof markers,
  tokens: readonly Token[],
  { first, atStart }: { readonly first: number; readonly atStart: boolean },
): number {
  const length = markers[kind].anywhere(tokens, first);
  return length > 0 || !atStart ? length : markers[kind].atStart(tokens, first);
}
