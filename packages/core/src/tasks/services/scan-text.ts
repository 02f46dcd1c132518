/** What a piece of text is. Only words can name services or start clauses. */
export type TokenKind =
  | "word"
  | "quoted"
  | "placeholder"
  | "address"
  | "tag"
  | "arrow"
  | "break"
  | "comma"
  | "mark";

/** A piece of a text, with its place in it. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Lower case, as written otherwise. */
  readonly lower: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

// Every quantifier is bounded or runs over one character class, so a scan is linear.
const patterns: readonly (readonly [TokenKind, string])[] = [
  ["placeholder", String.raw`\[[A-Z][A-Z0-9_a-z]{2,60}\]`],
  [
    "quoted",
    String.raw`"[^"\n]{0,300}"|“[^”\n]{0,300}”|«[^»\n]{0,300}»|(?<![\p{L}\p{N}])'[^'\n]{1,300}'(?![\p{L}\p{N}])`,
  ],
  [
    "address",
    String.raw`https?:\/\/[^\s"'<>]{1,2000}|(?<![\p{L}\p{N}])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}`,
  ],
  ["tag", String.raw`[#@][\p{L}\p{N}_][\p{L}\p{N}_-]{0,80}`],
  ["arrow", String.raw`-{1,2}>|={1,2}>|[→⇒➔➜➡👉]\uFE0F?|»|(?<=\s)>(?=\s+\p{L})`],
  ["break", String.raw`[.!?]+(?=\s|$)|[;\n•]+`],
  ["word", String.raw`[\p{L}\p{N}_]+(?:['’.:&\-][\p{L}\p{N}_]+){0,12}`],
  ["comma", ","],
  ["mark", String.raw`\S`],
];
const scanner = new RegExp(patterns.map(([kind, source]) => `(?<${kind}>${source})`).join("|"), "gu");

/** Cuts a text into tokens. Placeholders, quotes, addresses and tags stay whole. */
export function scanText(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(scanner)) {
    const kind = patterns.find(([name]) => match.groups?.[name] !== undefined)?.[0] ?? "mark";
    const [found] = match;
    tokens.push({
      kind,
      text: found,
      lower: found.toLowerCase(),
      start: match.index,
      end: match.index + found.length,
    });
  }
  return tokens;
}
