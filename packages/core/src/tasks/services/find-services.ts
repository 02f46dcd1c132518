import { plainWords } from "./plain-words.js";
import type { Token } from "./scan-text.js";
import type { Service } from "./service.js";
import { type NamedService, serviceByName, serviceByTypo } from "./service-names.js";

/** A place in a text where a service is named. */
export interface Mention {
  readonly service: Service;
  /** Index of its first token. */
  readonly first: number;
  /** Index of its last token. */
  readonly last: number;
}

const longestName = 4;
const leadsToName = new Set(["in", "into", "to", "from", "via", "using", "through", "on", "with"]);

/** The services that a text names, in order. Longer names win: "Google Sheets" over "Google". */
export function findServices(tokens: readonly Token[]): Mention[] {
  const mentions: Mention[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const mention = mentionAt(tokens, index);
    if (mention === undefined) continue;
    mentions.push(mention);
    index = mention.last;
  }
  return mentions;
}

function mentionAt(tokens: readonly Token[], first: number): Mention | undefined {
  const words = wordsFrom(tokens, first);
  for (let count = words.length; count > 0; count--) {
    const found = serviceByName(words.slice(0, count).join(""));
    if (found === undefined || !isMeant(found, tokens, { first, count })) continue;
    return { service: found.service, first, last: first + count - 1 };
  }
  for (let count = Math.min(2, words.length); count > 0; count--) {
    const typed = words.slice(0, count);
    if (typed.some((word) => plainWords.has(word))) continue;
    const found = serviceByTypo(typed.join(""));
    // Two words are a typo of one name only when one of them is right: "googel sheets".
    const isMeant =
      count === 1 || typed.some((word) => found?.service.name.toLowerCase().split(" ").includes(word));
    if (found !== undefined && isMeant) return { service: found.service, first, last: first + count - 1 };
  }
  return undefined;
}

function wordsFrom(tokens: readonly Token[], first: number): string[] {
  const words: string[] = [];
  for (const token of tokens.slice(first, first + longestName)) {
    if (token.kind !== "word") break;
    words.push(token.lower.replace(/['’]s$/u, ""));
  }
  return words;
}

interface Span {
  readonly first: number;
  readonly count: number;
}

function isMeant(found: NamedService, tokens: readonly Token[], { first, count }: Span): boolean {
  const words = tokens.slice(first, first + count);
  // "out look" is Outlook, but "to do ist" is not a name: pieces of a name are whole words or at least three letters.
  if (count > 1 && words.some((word) => word.text.length < 3) && !hasSpacedName(found.service, words))
    return false;
  const [word] = words;
  if (!found.everyday || word === undefined) return true;
  const before = tokens[first - 1];
  if (found.service.id === "monday") return afterNonDay.has(before?.lower ?? "") && isCapitalised(word.text);
  return isCapitalised(word.text) && (leadsToName.has(before?.lower ?? "") || isMarked(word, before));
}

const afterNonDay = new Set(["in", "into", "via", "using"]);
const isCapitalised = (text: string) => text.charAt(0) !== text.charAt(0).toLowerCase();
const isShouted = (text: string) => text.length > 1 && text === text.toUpperCase();

// A capital in mid-sentence, or a name that is written in capitals, marks a name.
function isMarked(word: Token, before: Token | undefined): boolean {
  return isShouted(word.text) || (before?.kind === "word" && before.text === before.lower);
}

const hasSpacedName = (service: Service, words: readonly Token[]): boolean => {
  const spaced = words.map((word) => word.lower).join(" ");
  return [service.name.toLowerCase(), ...service.aliases].some(
    (name) => name === spaced || `${name}s` === spaced,
  );
};
