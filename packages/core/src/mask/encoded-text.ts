import type { Span } from "./detectors/detector.js";

/** Text that stands in a text in Base64. */
export interface EncodedText extends Span {
  readonly decoded: string;
}

const shortestRun = 24;
const urlAlphabet = /[-_]/g;
/** Words and paths are written like this too; encoded text mixes cases and digits. */
const isMixed = /[a-z].*[A-Z]|[A-Z].*[a-z]|\d/;
/** What decides whether a run is text at all; a multiple of four. */
const sampleLength = 96;
/** Characters of a text that are decoded at most. */
const mostDecoded = 65_536;
const control = /(?![\t\n\r])\p{Cc}/u;
const controlByte = /(?![\t\n\r\x80-\x9f])\p{Cc}/u;
const beyondAscii = /[^\0-\x7f]/;
/** Bytes of UTF-8 that don't belong together: a first one without a further one, and the other way round. */
const broken = /(?<![\x80-\xff])[\x80-\xbf]|[\xc0-\xff](?![\x80-\xbf]|$)/;

/** Base64 runs that hold UTF-8 text. Of a text no more than 64 KB are decoded. */
export function encodedTexts(text: string): readonly EncodedText[] {
  const found: EncodedText[] = [];
  let left = mostDecoded;
  for (const { start, end } of runsIn(text)) {
    if (left <= 0) break;
    const match = text.slice(start, end);
    if (!isMixed.test(match.slice(0, sampleLength)) || decode(match.slice(0, sampleLength)) === undefined)
      continue;
    const decoded = decode(match.slice(0, left - (left % 4)));
    left -= match.length;
    if (decoded !== undefined) found.push({ start, end, decoded });
  }
  return found;
}

/** Runs of Base64's characters, with their padding. Looks at few of the text's characters only. */
function runsIn(text: string): readonly Span[] {
  const runs: Span[] = [];
  let at = shortestRun - 1;
  while (at < text.length) {
    if (isOfRun(text, at)) {
      let start = at;
      while (start > 0 && isOfRun(text, start - 1)) start -= 1;
      let end = at + 1;
      while (isOfRun(text, end)) end += 1;
      at = end;
      while (text[end] === "=" && end < at + 2) end += 1;
      if (at - start >= shortestRun) runs.push({ start, end });
    }
    // No run that is long enough fits before the next place.
    at += shortestRun;
  }
  return runs;
}

function isOfRun(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  const isLetter = (unit > 0x60 && unit < 0x7b) || (unit > 0x40 && unit < 0x5b);
  return isLetter || (unit > 0x2e && unit < 0x3a) || unit === 0x2b || unit === 0x2d || unit === 0x5f; // / to 9, + - _
}

/** `undefined` when it is no text. */
function decode(written: string): string | undefined {
  const standard = written
    .replace(urlAlphabet, (character) => (character === "-" ? "+" : "/"))
    .replace(/=+$/, "");
  if (standard.length % 4 === 1) return undefined;
  const bytes = atob(standard);
  if (!beyondAscii.test(bytes)) return control.test(bytes) ? undefined : bytes;
  // Most runs are ids and hashes: these tell them apart for less than the decoder does.
  if (controlByte.test(bytes) || broken.test(bytes)) return undefined;
  const decoded = readUtf8(bytes);
  return decoded === undefined || control.test(decoded) ? undefined : decoded;
}

/** Reads a text of which each character is a byte. */
function readUtf8(bytes: string): string | undefined {
  try {
    // `stream` tolerates a character that the cut at the end has split.
    return new TextDecoder("utf-8", { fatal: true }).decode(
      Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)),
      { stream: true },
    );
  } catch {
    return undefined;
  }
}
