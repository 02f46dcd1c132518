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
  decode: (written) => (written.includes("\\") ? withoutEscapes(written) : standing(written)),
  encode: (text) => JSON.stringify(text).slice(1, -1),
};

/** A whole escape, or one that lacks its end. */
const jsonEscape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|\\(?:u[\da-fA-F]{0,3})?$/g;

function standing(text: string): DecodedText {
  return { text, startOf: (index) => index };
}

function withoutEscapes(written: string): DecodedText {
  const pieces: string[] = [];
  const starts: number[] = [];
  let at = 0;
  const stand = (end: number) => {
    pieces.push(written.slice(at, end));
    for (; at < end; at++) starts.push(at);
  };
  let end = written.length;
  for (const { 0: sequence, index } of written.matchAll(jsonEscape)) {
    stand(index);
    at += sequence.length;
    const character = unescaped(sequence);
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
