/** A word of a query, with its punctuation off. */
export interface QueryWord {
  /** Lower case, without accents, with spaces for the hyphens between letters. */
  readonly plain: string;
  /** As it was written. */
  readonly text: string;
  /** Ended in `'s`. */
  readonly isPossessive: boolean;
  /** For `key:value`: the key, lower case, and the value without quotes. */
  readonly pair: { readonly key: string; readonly value: string } | undefined;
}

const mostWords = 200;

/** Splits a query into words; `key:"two words"` is one. */
export function queryWords(query: string): QueryWord[] {
  const words: QueryWord[] = [];
  let key = "";
  for (const [text] of query.matchAll(/(?:\p{L}{2,20}:)?"[^"]{1,100}"|\S+/gu)) {
    if (words.length === mostWords) break;
    if (key === "" && loneKey.test(text)) key = text;
    else {
      words.push(key === "" ? toWord(text) : { ...toWord(`${key}${text}`), text: `${key} ${text}` });
      key = "";
    }
  }
  if (key !== "") words.push(toWord(key));
  return words;
}

/** "status: open" is meant like "status:open". */
const loneKey = /^(?:type|status|owner):$/iu;

function toWord(text: string): QueryWord {
  const bare = trimMarks(text);
  const possessive = /^(.+)['’]s$/u.exec(bare)?.[1];
  const pair = /^(\p{L}{2,20}):(?!\/\/)"?([^"]{1,200})"?$/u.exec(text.trim());
  return {
    plain: plainText(possessive ?? bare),
    text,
    isPossessive: possessive !== undefined,
    pair: pair === null ? undefined : { key: plainText(pair[1] ?? ""), value: trimMarks(pair[2] ?? "") },
  };
}

/** One spelling for comparing: lower case, no accents, words separated by one space. */
export function plainText(text: string): string {
  const folded = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  // The parts of an e-mail address belong together.
  return folded.includes("@")
    ? folded
    : folded.replace(/(?<=\p{L})[-_](?=\p{L})/gu, " ").replace(/\s+/gu, " ");
}

// Two steps instead of one pattern: a search for marks before the end would look at every mark again.
function trimMarks(text: string): string {
  const start = text.search(/[\p{L}\p{N}@–-]/u);
  if (start < 0) return "";
  let end = text.length;
  while (end > start && !/[\p{L}\p{N}\uD800-\uDFFF–-]/u.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
