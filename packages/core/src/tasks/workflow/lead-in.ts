import type { Token } from "../services/scan-text.js";
import { wordAt } from "./clause-markers.js";

const politeWords = new Set(
  `also always and automatically but can could finally first hi hello hey immediately instead just kindly lastly later next
  now ok okay please plus quickly second secondly so then third`.split(/\s+/u),
);
const politePhrases = [
  "i want you to", "i would like you to", "i'd like you to", "i need you to", "i want to", "i would like to",
  "i'd like to", "i need to", "we want to", "we need to", "we'd like to", "we would like to", "you should", "we should",
  "it should", "you must", "could you", "can you", "would you", "help me to", "help me", "make sure to", "be sure to",
  "go ahead and", "let's", "after that", "i want it to", "it needs to", "i should", "want to", "need to", "how do i",
  "how can i", "is it possible to",
].map((phrase) => phrase.split(" ")); // biome-ignore format: a list of phrases
const makers = new Set("automation automations recipe scenario workflow workflows zap flow".split(" "));
const makerLinks = new Set(["that", "which", "to", "where", "so", "for", "when", "whenever"]);

/** How many tokens at `first` only lead to the point: "please", "I want to", "create a workflow that". */
export function leadInLength(tokens: readonly Token[], first: number): number {
  let length = 0;
  for (let grown = 1; grown > 0; length += grown) grown = pieceLength(tokens, first + length);
  return length;
}

function pieceLength(tokens: readonly Token[], first: number): number {
  const phrase = politePhrases.find((words) =>
    words.every((word, offset) => wordAt(tokens, first + offset) === word),
  );
  if (phrase !== undefined) return phrase.length;
  const maker = makerLength(tokens, first);
  if (maker > 0) return maker;
  const token = tokens[first];
  if (token === undefined) return 0;
  return politeWords.has(token.lower) || token.kind === "comma" || token.text === "-" || token.text === "*"
    ? 1
    : 0;
}

function makerLength(tokens: readonly Token[], first: number): number {
  if (
    !/^(?:a|an|build|create|design|i|make|need|set|want|workflow|automation|we)$/u.test(wordAt(tokens, first))
  )
    return 0;
  for (let index = first; index < first + 9; index++) {
    if (!makers.has(wordAt(tokens, index))) continue;
    const link = tokens[index + 1];
    if (link === undefined || (!makerLinks.has(link.lower) && link.text !== ":")) return 0;
    const keepsLink = ["when", "whenever", "for", "to", "where"].includes(link.lower);
    return index - first + (keepsLink && link.lower !== "to" && link.lower !== "where" ? 1 : 2);
  }
  return 0;
}
