/** Top-level domains of addresses that people spell in words: "ada at example dot com". */
const spokenEndings =
  "com|org|net|edu|gov|info|biz|io|co|ai|app|dev|uk|us|ca|au|de|at|ch|fr|es|it|nl|be|pl|pt|se|no|dk|fi|ie|eu|in|br|mx|jp";
const bracketed = (words: string) =>
  `\\s?(?:\\[\\s?(?:${words})\\s?\\]|\\(\\s?(?:${words})\\s?\\)|\\{\\s?(?:${words})\\s?\\}|<\\s?(?:${words})\\s?>)\\s?`;
const word = "[\\w-]{1,63}";
const spoken = [
  `(?<=\\w) at (?=${word}(?: dot ${word}){0,3} dot (?:${spokenEndings})\\b)`,
  `(?<=\\w) dot (?=(?:${word} dot ){0,3}(?:${spokenEndings})\\b)`,
  `(?<=\\w) dot (?=${word}(?: dot ${word}){0,2} at ${word} dot ${word})`,
].join("|");

/** Characters that have a name in HTML and matter to a detector. */
const named: Readonly<Record<string, string>> = {
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
};

const at = "at|@|arroba|chez|klammeraffe";
const dot = "dot|\\.|punkt|punto|point|ponto|punt|kropka";
const escapes = `%[2-7][\\da-f]|\\\\u00[2-7][\\da-f]|&#(?:x0{0,4}[2-7][\\da-f]|0{0,4}\\d{2,3});|&(?:${Object.keys(named).join("|")});`;

/** ASCII writings of one character: `[at]`, `(dot)`, `%40`, `&#64;`, `\u0040`, "at … dot com". */
export const spelledOut = new RegExp(
  `${bracketed(at)}|${bracketed(dot)}|${bracketed("dash|-|:")}|${spoken}|${escapes}`,
  "iu",
);

const isAt = new RegExp(`^(?:${at})$`, "i");
const isDot = new RegExp(`^(?:${dot})$`, "i");

/** The character that `written`, a match of {@link spelledOut}, stands for. */
export function resolveSpelling(written: string): string {
  const first = written[0];
  if (first === "%") return String.fromCharCode(Number.parseInt(written.slice(1), 16));
  if (first === "\\") return String.fromCharCode(Number.parseInt(written.slice(2), 16));
  if (first === "&") return entity(written.slice(1, -1));
  const word = written.replace(/[\s[\](){}<>]/g, "");
  if (isAt.test(word)) return "@";
  if (isDot.test(word)) return ".";
  return word === ":" ? ":" : "-";
}

function entity(name: string): string {
  if (!name.startsWith("#")) return named[name.toLowerCase()] ?? "";
  const isHexadecimal = name[1]?.toLowerCase() === "x";
  const codePoint = Number.parseInt(name.slice(isHexadecimal ? 2 : 1), isHexadecimal ? 16 : 10);
  return String.fromCharCode(codePoint);
}
