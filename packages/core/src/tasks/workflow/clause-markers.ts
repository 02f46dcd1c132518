import type { Token } from "../services/scan-text.js";
import { phraseTable, wordAt } from "./phrase-table.js";

/** What opens a condition or names an event: some words do anywhere, some only where a clause starts. */
const markers = {
  condition: {
    anywhere: phraseTable(
      `but only if|but only when|and only if|only if|only when|but not if|except if|except when|provided that|provided|
      as long as|in case|if|unless|check if|check whether|see if|see whether|depending on whether|verify that|make sure that|but don't|but do not|
      but never|but not|but only between|but only during|but only for|but only on|but only with|only between|only during`,
    ),
    atStart: phraseTable("otherwise|or else|if not|if no|else"),
  },
  trigger: {
    anywhere: phraseTable(
      `every time|each time|any time|anytime|whenever|when|as soon as|the moment|immediately after|right after|upon|
      before each|before every|after each|after every`,
    ),
    atStart: phraseTable(
      "once|after|before|for every|for each|for any new|for new|on every|on each|on any|on a new|on new",
    ),
  },
} as const;

/** Whether these tokens, whole, say that the condition before them does not hold. */
export const isElse = (tokens: readonly Token[]): boolean =>
  tokens.length < 3 &&
  /^(?:otherwise|else|or else|if not|if no)$/u.test(tokens.map((token) => token.lower).join(" "));

/** Whether a condition in words begins with "otherwise" or the like. */
export const isElseText = (text: string): boolean => /^(?:otherwise|else|or else|if not)\b/iu.test(text);

const yes =
  /^(?:and |but )?(?:if|when) (?:so|yes|true|it is|it does|they are|they do|that is the case|this is the case)$|^in that case$/u;

/** Whether these tokens, whole, say that the condition before them holds. */
export const isYes = (tokens: readonly Token[]): boolean =>
  tokens.length < 6 && yes.test(tokens.map((token) => token.lower).join(" "));

/** How many tokens at `first` are a marker of this kind; 0 when none are. */
export function markerLength(
  kind: keyof typeof markers,
  tokens: readonly Token[],
  { first, atStart }: { readonly first: number; readonly atStart: boolean },
): number {
  const length =
    markers[kind].anywhere(tokens, first) || (kind === "trigger" ? leadTime(tokens, first, atStart) : 0);
  return length > 0 || !atStart ? length : markers[kind].atStart(tokens, first);
}

// "15 minutes before the call"; "2 days after …" only opens a sentence, for later on it is a wait.
function leadTime(tokens: readonly Token[], first: number, atStart: boolean): number {
  if (!/^(?:\d+|an?|one|two|three|ten|fifteen|thirty)$/u.test(wordAt(tokens, first))) return 0;
  if (!/^(?:minute|hour|day|week|month)s?$/u.test(wordAt(tokens, first + 1))) return 0;
  const word = wordAt(tokens, first + 2);
  return word === "before" || (word === "after" && atStart) ? 3 : 0;
}
