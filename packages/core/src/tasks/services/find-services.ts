import { isMeant } from "./is-meant.js";
import { plainWords } from "./plain-words.js";
import type { Token } from "./scan-text.js";
import type { Service } from "./service.js";
import { isNameWord, nameKey, serviceByKey, serviceByTypo, startsName } from "./service-names.js";

/** A place in a text where a service is named. */
export interface Mention {
  readonly service: Service;
  /** Index of its first token. */
  readonly first: number;
  /** Index of its last token. */
  readonly last: number;
}

const longestName = 4;

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
