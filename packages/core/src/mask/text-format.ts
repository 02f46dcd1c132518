/** A text with its escapes resolved. */
export interface DecodedText {
  /** Without an escape that the end has cut. */
  readonly text: string;
  /** Where the character at `index` of `text` was written; for the length of `text`, where its writing ends. */
  startOf(index: number): number;
}

/** How a text writes its characters. */
export interface TextFormat {
  decode(written: string): DecodedText;
  encode(text: string): string;
}

/** Text that stands for itself. */
export const plainText: TextFormat = { decode: standing, encode: (text) => text };

/**
 * Text within the strings of a JSON document. A backslash that begins none of JSON's escapes stands for itself, as
 * where replies are read.
 */
export const jsonText: TextFormat = {
  decode: (written) => (written.includes("\\") ? rewrite(written, jsonEscape, unescaped) : standing(written)),
  encode: (text) => JSON.stringify(text).slice(1, -1),
};

/**
 * The same text with brackets and lines that are escaped for HTML or a URL resolved: models write placeholders so. An
 * escape that lacks its end is left out.
 */
export const readable = (format: TextFormat): TextFormat => ({
  ...format,
  decode(written) {
    const outer = format.decode(written);
    if (!/[%&]/.test(outer.text)) return outer;
    const inner = rewrite(outer.text, escapedBracket, (form) => brackets.get(form.toLowerCase()));
    return { text: inner.text, startOf: (index) => outer.startOf(inner.startOf(index)) };
  },
});

const brackets: ReadonlyMap<string, string> = new Map([
  ...["%5b", "&#91;", "&#x5b;", "&lbrack;", "&lsqb;"].map((form) => [form, "["] as const),
  ...["%5d", "&#93;", "&#x5d;", "&rbrack;", "&rsqb;"].map((form) => [form, "]"] as const),
  ...["%5f", "&#95;", "&#x5f;", "&lowbar;"].map((form) => [form, "_"] as const),
  ...["%20", "&nbsp;"].map((form) => [form, " "] as const),
]);
const everyForm = [...brackets.keys()];
/** A whole escape, or one that lacks its end. */
const escapedBracket = new RegExp(
  `${everyForm.join("|")}|(?:${everyForm.flatMap((form) => beginnings(form)).join("|")})$`,
  "gi",
);

function beginnings(form: string): string[] {
  return Array.from({ length: form.length - 1 }, (_, index) => form.slice(0, index + 1)).reverse();
}

/** A whole escape, or one that lacks its end. */
const jsonEscape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|\\(?:u[\da-fA-F]{0,3})?$/g;

function standing(text: string): DecodedText {
  return { text, startOf: (index) => index };
}

/** Resolves escapes; one that `resolve` makes nothing of is cut, with what follows. */
function rewrite(
  written: string,
  escapes: RegExp,
  resolve: (sequence: string) => string | undefined,
): DecodedText {
  const pieces: string[] = [];
  const starts: number[] = [];
  let at = 0;
  const stand = (end: number) => {
    pieces.push(written.slice(at, end));
    for (; at < end; at++) starts.push(at);
  };
  let end = written.length;
  for (const { 0: sequence, index } of written.matchAll(escapes)) {
    stand(index);
    at += sequence.length;
    const character = resolve(sequence);
    if (character === undefined) end = index;
    else {
      pieces.push(character);
      starts.push(index);
    }
  }
  stand(end);
  return { text: pieces.join(""), startOf: (index) => starts[index] ?? end };
}

/** `undefined` for one that lacks its end. */
function unescaped(sequence: string): string | undefined {
  if (sequence === "\\" || (sequence[1] === "u" && sequence.length < 6)) return undefined;
  return JSON.parse(`"${sequence}"`);
}
