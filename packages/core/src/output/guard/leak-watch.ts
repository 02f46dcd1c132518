import { rot13 } from "../../rot13.js";

/** Watches what a model writes for a secret word, also when it comes in pieces or in disguise. */
export interface LeakWatch {
  /** Takes the next piece; tells whether the word has been written. */
  push(piece: string): boolean;
}

const notLetter = /[^a-z]/g;
const notHexDigit = /[^0-9a-f]/g;
const notDigit = /[^0-9]/g;
const notBase64 = /[^A-Za-z0-9+/]/g;
const beyondAscii = /[^\0-\x7f]/;
const firstHalf = /[\ud800-\udbff]$/;
const base64Bytes = 12;

/**
 * Makes a watch for a word of letters. It is found as it is, in capitals, spaced or hyphenated, backwards, in ROT13, as
 * codes of its letters (hexadecimal, decimal, `\\u006d`), in styled letters, and in base64 wherever it stands in the
 * encoded text.
 */
export function createLeakWatch(word: string): LeakWatch {
  const rows = formsOf(word).map(({ ignored, forms }) => createRow(ignored, forms));
  let half = "";
  return {
    push(piece) {
      const text = half + piece;
      half = firstHalf.exec(text)?.[0] ?? "";
      const plain = beyondAscii.test(text)
        ? text.slice(0, text.length - half.length).normalize("NFKD")
        : text;
      return rows.reduce((found, row) => row(plain) || found, false);
    },
  };
}

/** Forms that are looked for without the characters that do not count. */
interface Row {
  readonly ignored: RegExp;
  readonly forms: readonly string[];
}

/** A gateway has one word for all its calls. */
let known: { readonly word: string; readonly rows: readonly Row[] } | undefined;

function formsOf(word: string): readonly Row[] {
  if (known?.word !== word) known = { word, rows: rowsOf(word) };
  return known.rows;
}

function rowsOf(word: string): readonly Row[] {
  const letters = word.toLowerCase().replace(notLetter, "");
  return [
    { ignored: notLetter, forms: [letters, [...letters].reverse().join(""), rot13(letters)] },
    { ignored: notHexDigit, forms: [2, 4].map((digits) => codes(letters, { base: 16, digits })) },
    { ignored: notDigit, forms: [codes(letters, { base: 10, digits: 1 })] },
    { ignored: notBase64, forms: base64Forms(word) },
  ];
}

/** Looks for forms in all pieces, joined, without the characters that do not count. */
function createRow(ignored: RegExp, forms: readonly string[]): (piece: string) => boolean {
  const tailLength = Math.max(...forms.map(({ length }) => length)) - 1;
  let tail = "";
  return (piece) => {
    const text = tail + (ignored === notBase64 ? piece : piece.toLowerCase()).replace(ignored, "");
    tail = text.slice(Math.max(0, text.length - tailLength));
    return forms.some((form) => text.includes(form));
  };
}

const codes = (text: string, { base, digits }: { base: number; digits: number }) =>
  Array.from(text, (letter) => letter.charCodeAt(0).toString(base).padStart(digits, "0")).join("");

/** Base64 writes three bytes at a time, so where the word begins decides how it is written. */
const base64Forms = (word: string) =>
  [2, 1, 0].map((fromEnd) => btoa(word.slice(word.length - base64Bytes - fromEnd, word.length - fromEnd)));
