import { isMeant } from "./is-meant.js";
import { nameKey } from "./name-key.js";
import { plainWords } from "./plain-words.js";
import type { Token } from "./scan-text.js";
import type { Service } from "./service.js";
import type { ServiceNames } from "./service-names.js";

/** A place in a text where a service is named. */
export interface Mention {
  readonly service: Service;
  /** Index of its first token. */
  readonly first: number;
  /** Index of its last token. */
  readonly last: number;
}

/** The services that a text names, in order. Longer names win: "Google Sheets" over "Google". */
export function findServices(tokens: readonly Token[], names: ServiceNames): Mention[] {
  const text = { tokens, names, keys: tokens.map(keyOf) };
  const mentions: Mention[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const mention = exactMention(text, index) ?? misspelledMention(text, index);
    if (mention === undefined) continue;
    mentions.push(mention);
    index = mention.last;
  }
  return mentions;
}

interface NamingText {
  readonly tokens: readonly Token[];
  /** One for each token, empty where none can be part of a name. */
  readonly keys: readonly string[];
  readonly names: ServiceNames;
}

const keyOf = ({ kind, lower }: Token) => (kind === "word" ? nameKey(lower.replace(/['’]s$/u, "")) : "");

function exactMention({ tokens, keys, names }: NamingText, first: number): Mention | undefined {
  let name = "";
  let found: Mention | undefined;
  for (let last = first; last < first + names.mostWords; last++) {
    const key = keys[last] ?? "";
    name += key;
    if (key === "" || !names.startsName(name)) break;
    const named = names.byKey(name);
    if (named !== undefined && isMeant(named, tokens, { first, last }))
      found = { service: named.service, first, last };
  }
  return found;
}

function misspelledMention({ tokens, keys, names }: NamingText, first: number): Mention | undefined {
  const [one = "", two = ""] = [keys[first], keys[first + 1]];
  if (one === "" || plainWords.has(one)) return undefined;
  // Two words are a typo of one name only when one of them is right: "googel sheets".
  const isPair = two !== "" && !plainWords.has(two) && (names.isNameWord(one) || names.isNameWord(two));
  const pair = isPair ? names.byTypo(one + two)?.service : undefined;
  if (
    pair?.name
      .toLowerCase()
      .split(" ")
      .some((word) => word === one || word === two)
  ) {
    return { service: pair, first, last: first + 1 };
  }
  const service = names.byTypo(one)?.service;
  return service && tokens[first] && { service, first, last: first };
}
