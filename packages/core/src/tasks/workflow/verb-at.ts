import type { Token } from "../services/scan-text.js";
import { type ActionVerb, actionVerbs } from "./action-verbs.js";
import { wordAt } from "./phrase-table.js";

const objectStarts = new Set(
  `a all an another any back both each every everyone everything her him his it its me more my new our out someone that the their
  them these this those today's tomorrow's up us yesterday's you your`.split(/\s+/u),
);
const pointingWords = new Set(["to", "in", "on", "into"]);
const pointingVerbs = new Set([
  "post",
  "reply",
  "comment",
  "log",
  "copy",
  "print",
  "note",
  "email",
  "mail",
  "message",
]);

/** The action verb at an index, if the word there is used as one. */
export function verbAt(
  tokens: readonly Token[],
  index: number,
  form: "base" | "any" = "base",
): ActionVerb | undefined {
  const word = wordAt(tokens, index);
  const verb = form === "base" ? word : baseForm(word);
  const found = actionVerbs.get(verb);
  if (found === undefined || !found.nounToo) return found;
  const next = tokens[index + 1];
  if (next === undefined) return undefined;
  if (next.kind === "placeholder" || next.kind === "tag" || next.kind === "address" || next.kind === "quoted")
    return found;
  if (verb === "wait" && /^(?:for|until)$/u.test(next.lower)) return found;
  if (pointingVerbs.has(verb) && pointingWords.has(next.lower)) return found;
  return next.kind === "word" && (objectStarts.has(next.lower) || isNumberOrName(next)) ? found : undefined;
}

const isNumberOrName = (token: Token) =>
  /^[\p{Lu}\p{N}]/u.test(token.text) || /^(?:one|two|three|four|five|ten|half|some)$/u.test(token.lower);

/** A verb without its ending, when it is a known one: "sends", "sending" → "send". */
export function baseForm(word: string): string {
  if (actionVerbs.has(word)) return word;
  const stems = [word.replace(/s$/u, ""), word.replace(/es$/u, ""), word.replace(/ies$/u, "y")];
  const gerund = word.replace(/ing$/u, "");
  if (gerund !== word) stems.push(gerund, `${gerund}e`, gerund.slice(0, -1));
  return stems.find((stem) => stem !== word && actionVerbs.has(stem)) ?? word;
}
