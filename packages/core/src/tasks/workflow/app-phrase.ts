import type { Mention } from "../services/find-services.js";
import type { Token } from "../services/scan-text.js";

const leads = /^(?:to|into|onto|in|on|via|using|through|with|from|for|of|by)$/u;
const ways = /^(?:to|into|via|by|using)$/u;
const parts = /^(?:and|or|plus|[&+,()[\]:·|/–-]|→|->|=>|>)$/u;

/** The words of a title that belong to one of its apps: "with comments | to Notion database | and Slack". */
export function appPhrase(
  tokens: readonly Token[],
  mention: Mention,
  mentions: readonly Mention[],
): readonly Token[] {
  const index = mentions.findIndex(({ first }) => first === mention.first);
  const next = mentions[index + 1];
  const start = index <= 0 ? 0 : border(tokens, mentions[index - 1]?.last ?? 0, mention.first);
  const end = next === undefined ? way(tokens, mention.last) : border(tokens, mention.last, next.first);
  return trimmed(tokens.slice(start, end));
}

// "A reminder for Shopify | by email": by which way it goes is said after the last name.
function way(tokens: readonly Token[], last: number): number {
  const at = tokens.findIndex((token, index) => index > last && ways.test(token.lower));
  return at < 0 ? tokens.length : at;
}

// The last word between two names that leads to the second one.
function border(tokens: readonly Token[], from: number, to: number): number {
  for (let index = to - 1; index > from; index--) {
    const word = tokens[index]?.lower ?? "";
    if (leads.test(word) || parts.test(word)) return index;
  }
  return to;
}

function trimmed(tokens: readonly Token[]): readonly Token[] {
  const isPart = ({ lower, kind }: Token) => parts.test(lower) || kind === "mark" || kind === "arrow";
  const first = tokens.findIndex((token) => !isPart(token));
  const last = tokens.findLastIndex((token) => !isPart(token));
  return first < 0 ? [] : tokens.slice(first, last + 1);
}
