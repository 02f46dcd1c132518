import type { Span } from "./detectors/detector.js";
import { matchesIn } from "./matches-in.js";

/** A character that is written with several, and where. */
export interface Spelling extends Span {
  readonly character: string;
}

/** Top-level domains of addresses that people spell in words: "ada at example dot com". */
const spokenEndings =
  "com|org|net|edu|gov|info|biz|io|co|ai|app|dev|uk|us|ca|au|de|at|ch|fr|es|it|nl|be|pl|pt|se|no|dk|fi|ie|eu|in|br|mx|jp";
const word = "[\\w-]{1,63}";
const spoken = / (?:at|dot) /gi;
/** What has to follow for it to be an address: at the word, and behind it. */
const followsSpoken = new RegExp(
  [
    `at ${word}(?: dot ${word}){0,3} dot (?:${spokenEndings})\\b`,
    `dot (?:${word} dot ){0,3}(?:${spokenEndings})\\b`,
    `dot ${word}(?: dot ${word}){0,2} at ${word} dot ${word}`,
  ].join("|"),
  "iy",
);
const isWord = /\w/;
/** What addresses in words have. */
export const spokenDot = / dot /i;

/** Words in brackets, and what they stand for. */
const bracketed: ReadonlyMap<string, string> = new Map([
  ...["at", "@", "arroba", "chez", "klammeraffe"].map((name) => [name, "@"] as const),
  ...["dot", ".", "punkt", "punto", "point", "ponto", "punt", "kropka"].map((name) => [name, "."] as const),
  ...["dash", "-"].map((name) => [name, "-"] as const),
  [":", ":"],
]);
/** Characters that have a name in HTML and matter to a detector. */
const named: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: "&",
    colon: ":",
    commat: "@",
    dash: "-",
    hyphen: "-",
    lbrack: "[",
    lowbar: "_",
    lsqb: "[",
    nbsp: " ",
    num: "#",
    period: ".",
    plus: "+",
    rbrack: "]",
    rsqb: "]",
    sol: "/",
  }),
);
const words = [...bracketed.keys()].map((name) => name.replace(".", "\\.")).join("|");
const escaped = new RegExp(
  `[[({<（［｛＜] ?(?:${words}) ?[\\])}>）］｝＞][ \\u00a0]?|%[2-7][\\da-f]|\\\\u00[2-7][\\da-f]|` +
    `&#(?:x0{0,4}[2-7][\\da-f]|0{0,4}\\d{2,3});|&(?:${[...named.keys()].join("|")});`,
  "gi",
);

const isBlank = /[ \u00a0]/;

/** ASCII writings of one character, in their order: `[at]`, `(dot)`, `%40`, `&#64;`, `\u0040`, "at … dot com". */
export function spellingsIn(text: string): readonly Spelling[] {
  const spellings = Array.from(matchesIn(text, escaped), ({ 0: match, index }) =>
    spellingAt(text, match, index),
  );
  if (!spokenDot.test(text)) return spellings;
  for (const { 0: match, index } of matchesIn(text, spoken)) {
    followsSpoken.lastIndex = index + 1;
    if (!isWord.test(text[index - 1] ?? "") || !followsSpoken.test(text)) continue;
    const character = match.toLowerCase() === " at " ? "@" : ".";
    spellings.push({ start: index, end: index + match.length, character });
  }
  return spellings.sort((left, right) => left.start - right.start);
}

function spellingAt(text: string, match: string, index: number): Spelling {
  const end = index + match.length;
  if (match.startsWith("%")) return { start: index, end, character: fromCode(match.slice(1), 16) };
  if (match.startsWith("\\")) return { start: index, end, character: fromCode(match.slice(2), 16) };
  if (match.startsWith("&"))
    return { start: index, end, character: entity(match.slice(1, -1).toLowerCase()) };
  const name = match.replace(/[\s[\](){}<>（）［］｛｝＜＞]/g, "").toLowerCase();
  const start = isBlank.test(text[index - 1] ?? "") ? index - 1 : index;
  return { start, end, character: bracketed.get(name) ?? name };
}

function entity(name: string): string {
  if (name.startsWith("#x")) return fromCode(name.slice(2), 16);
  return name.startsWith("#") ? fromCode(name.slice(1), 10) : (named.get(name) ?? "");
}

const fromCode = (digits: string, base: number) => String.fromCharCode(Number.parseInt(digits, base));
