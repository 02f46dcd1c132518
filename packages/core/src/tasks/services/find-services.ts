import { plainWords } from "./plain-words.js";
import type { Token } from "./scan-text.js";
import type { Service } from "./service.js";
import {
  isNameWord,
  type NamedService,
  nameKey,
  serviceByKey,
  serviceByTypo,
  startsName,
} from "./service-names.js";

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
  const keys = tokens.map((token) =>
    token.kind === "word" ? nameKey(token.lower.replace(/['’]s$/u, "")) : "",
  );
  const mentions: Mention[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const mention = exactMention(tokens, keys, index) ?? misspelledMention(tokens, keys, index);
    if (mention === undefined) continue;
    mentions.push(mention);
    index = mention.last;
  }
  return mentions;
}

function exactMention(tokens: readonly Token[], keys: readonly string[], first: number): Mention | undefined {
  let name = "";
  let found: Mention | undefined;
  for (let last = first; last < first + longestName; last++) {
    const key = keys[last] ?? "";
    name += key;
    if (key === "" || !startsName(name)) break;
    const named = serviceByKey(name);
    if (named !== undefined && isMeant(named, tokens, { first, last }))
      found = { service: named.service, first, last };
  }
  return found;
}

function misspelledMention(
  tokens: readonly Token[],
  keys: readonly string[],
  first: number,
): Mention | undefined {
  const [one = "", two = ""] = [keys[first], keys[first + 1]];
  if (one === "" || plainWords.has(one)) return undefined;
  // Two words are a typo of one name only when one of them is right: "googel sheets".
  const isPair = two !== "" && !plainWords.has(two) && (isNameWord(one) || isNameWord(two));
  const pair = isPair ? serviceByTypo(one + two)?.service : undefined;
  if (
    pair?.name
      .toLowerCase()
      .split(" ")
      .some((word) => word === one || word === two)
  ) {
    return { service: pair, first, last: first + 1 };
  }
  const service = serviceByTypo(one)?.service;
  return service && tokens[first] && { service, first, last: first };
}

interface Span {
  readonly first: number;
  readonly last: number;
}

function isMeant(found: NamedService, tokens: readonly Token[], { first, last }: Span): boolean {
  const words = tokens.slice(first, last + 1);
  // "Drop box" is a name, "to do ist" is not: pieces have three letters, unless it is written so.
  const isCut = words.length > 1 && words.some((word) => word.text.length < 3);
  if (isCut && !hasSpacedName(found.service, words)) return false;
  const [word] = words;
  if (!found.everyday || word === undefined) return true;
  const before = tokens[first - 1];
  if (isTeamsApp(word, before, tokens[last + 1])) return true;
  if (found.service.id === "monday") return afterNonDay.has(before?.lower ?? "") && isCapitalised(word.text);
  return isCapitalised(word.text) && (leadsToName.has(before?.lower ?? "") || isMarked(word, before));
}

const afterNonDay = new Set(["in", "into", "via", "using"]);
const isCapitalised = (text: string) => text.charAt(0) !== text.charAt(0).toLowerCase();

// "Message me on teams when …" names the app, "split it in teams of five" does not.
function isTeamsApp(word: Token, before: Token | undefined, next: Token | undefined): boolean {
  return (
    word.lower === "teams" &&
    /^(?:on|via|in|through|using)$/u.test(before?.lower ?? "") &&
    (next?.kind !== "word" || clauseStarts.has(next.lower))
  );
}

const clauseStarts = new Set(
  "and as at each every for if once or saying that then unless when whenever with".split(" "),
);
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
