import type { Token } from "../services/scan-text.js";
import { cronLength } from "./cron-phrase.js";
import { phraseTable, wordAt } from "./phrase-table.js";

const politeWords = new Set(
  `& + afterwards also always and auto automatically but can could finally first hi hello hey immediately instead just kindly lastly later
  next now ok okay please plus quickly second secondly so then third`.split(/\s+/u),
);
const politePhrase = phraseTable(
  `i want you to|i would like you to|i'd like you to|i need you to|i want to|i would like to|i'd like to|i need to|
  i want it to|i should|we want to|we need to|we'd like to|we would like to|we should|you should|you must|it should|
  it needs to|could you|can you|would you|help me to|help me|make sure to|be sure to|go ahead and|let's|after that|
  want to|need to|how do i|how can i|is it possible to`,
);
const makerVerbs = new Set("a an automation build create design i make need set want we workflow".split(" "));
const makers = new Set("automation automations flow recipe scenario workflow workflows zap".split(" "));
/** What may stand between "a workflow" and what it does; `true` when it belongs to what follows. */
const makerLinks = new Map([
  ["that", false],
  ["which", false],
  ["to", false],
  ["where", false],
  ["so", false],
  [":", false],
  ["for", true],
  ["when", true],
  ["whenever", true],
]);
const bullets = new Set(["-", "–", "*", ":", ">"]);
const mostTokens = 12;

/** How many tokens at `first` only lead to the point: "please", "I want to", "create a workflow that". */
export function leadInLength(tokens: readonly Token[], first: number): number {
  let length = 0;
  for (let grown = 1; grown > 0 && length < mostTokens; length += grown)
    grown = pieceLength(tokens, first + length);
  return length;
}

function pieceLength(tokens: readonly Token[], first: number): number {
  if (cronLength(tokens, first) > 0) return 0;
  // "a)", "2)"
  if (/^(?:\d{1,2}|[a-z])$/u.test(wordAt(tokens, first)) && tokens[first + 1]?.text === ")") return 2;
  const phrase = politePhrase(tokens, first) || makerLength(tokens, first);
  const token = tokens[first];
  if (phrase > 0 || token === undefined) return phrase;
  return politeWords.has(token.lower) || token.kind === "comma" || bullets.has(token.text) ? 1 : 0;
}

function makerLength(tokens: readonly Token[], first: number): number {
  if (!makerVerbs.has(wordAt(tokens, first))) return 0;
  for (let index = first; index < first + 9; index++) {
    if (!makers.has(wordAt(tokens, index))) continue;
    const belongs = makerLinks.get(tokens[index + 1]?.lower ?? "");
    if (belongs === undefined) return 0;
    return index - first + (belongs ? 1 : 2);
  }
  return 0;
}
