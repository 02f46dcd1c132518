import { rot13 } from "../../rot13.js";

const base64Run = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
const base64Character = /[A-Za-z0-9+/_-]/;
const hexRun = /(?:\b|\\x|0x)[0-9a-fA-F]{2}(?:[ :,]{0,2}(?:\\x|0x)?[0-9a-fA-F]{2}){9,}/g;
const hexCharacter = /[0-9a-fA-F\\x ,:]/;
const bitRun = /\b[01]{8}(?:[ ,]?[01]{8}){9,}\b/g;
/** No run of any of them is shorter. */
const leastRun = 20;
const percentRun = /(?:%[0-9a-f]{2})+/gi;
/** Longer runs are pictures and keys rather than orders. */
const mostCharacters = 8_000;
const mostPayloads = 8;
const readable = /^[\t\n\r -~\u00a0-\u{10ffff}]+$/u;
/** JSON is data: a signed token, a setting. */
const looksLikeData = /^\s*[{[]/;
const wordsInRow = /\p{L}{2,30}(?:[\s,.'!?:-]{1,3}\p{L}{1,30}){2}/u;

/** Two different ones of these tell in which way all of a text is written. */
const frequent = [
  "the",
  "you",
  "your",
  "all",
  "this",
  "that",
  "with",
  "ignore",
  "previous",
  "instructions",
  "rules",
];
const backwards = (text: string) => Array.from(text).reverse().join("");
const ciphers = [rot13, backwards].map((decode) => ({
  decode,
  frequent: anyWord(frequent.map(decode), "gi"),
}));
const anyFrequent = anyWord(
  ciphers.flatMap(({ decode }) => frequent.map(decode)),
  "i",
);

function anyWord(words: readonly string[], flags: string): RegExp {
  return new RegExp(`\\b(?:${words.join("|")})\\b`, flags);
}

/** A text with its `%20` read, as an address has them; `undefined` when it has none. */
export function readPercents(text: string): string | undefined {
  if (!text.includes("%")) return undefined;
  const read = text.replace(percentRun, (run) => new TextDecoder().decode(fromHex(run)));
  return read === text ? undefined : read;
}

/**
 * The sentences in a text that are written in base64, hexadecimal or bits, and all of it when it is written in ROT13 or
 * backwards; decoded once, never again.
 */
export function decodePayloads(text: string): string[] {
  const found = decodeRuns(text);
  if (!anyFrequent.test(text)) return found;
  for (const { decode, frequent } of ciphers) if (isIn(text, frequent)) found.push(decode(text));
  return found;
}

function isIn(text: string, frequent: RegExp): boolean {
  const found = text.match(frequent);
  if (found === null) return false;
  const [first = ""] = found;
  return found.some((word) => word.toLowerCase() !== first.toLowerCase());
}

function decodeRuns(text: string): string[] {
  const found: string[] = [];
  for (const { pattern, characters, decode } of decoders) {
    if (!hasRun(text, characters)) continue;
    for (const run of text.match(pattern) ?? []) {
      if (found.length === mostPayloads) return found;
      const decoded = readText(decode(run.slice(0, mostCharacters)));
      if (decoded !== undefined) found.push(decoded);
    }
  }
  return found;
}

/**
 * Whether so many of the characters stand in a row. Looks at the last place first where one may stand: most places are
 * never looked at.
 */
function hasRun(text: string, characters: Uint8Array): boolean {
  for (let start = 0; start + leastRun <= text.length; ) {
    let at = start + leastRun - 1;
    while (at >= start && characters[text.charCodeAt(at)] === 1) at -= 1;
    if (at < start) return true;
    start = at + 1;
  }
  return false;
}

function readText(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes).replace(/\ufffd?$/, "");
  return readable.test(text) && wordsInRow.test(text) && !looksLikeData.test(text) ? text : undefined;
}

function fromBase64(run: string): Uint8Array | undefined {
  const plain = run.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  const whole = plain.slice(0, plain.length - (plain.length % 4 === 1 ? 1 : 0));
  try {
    return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function fromHex(run: string): Uint8Array | undefined {
  const digits = run.replace(/\\x|0x|[^0-9a-fA-F]/g, "");
  const bytes = digits.match(/../g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16));
}

function fromBits(run: string): Uint8Array {
  const bytes = run.match(/[01]{8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 2));
}

/** By code: 1 for the characters of a class of ASCII. */
const tableOf = (characters: RegExp) =>
  Uint8Array.from({ length: 0x80 }, (_, code) => (characters.test(String.fromCharCode(code)) ? 1 : 0));

const hexCharacters = tableOf(hexCharacter);

/** Runs, the characters that stand in them, and how they are read. */
const decoders = [
  { pattern: base64Run, characters: tableOf(base64Character), decode: fromBase64 },
  { pattern: hexRun, characters: hexCharacters, decode: fromHex },
  { pattern: bitRun, characters: hexCharacters, decode: fromBits },
];
