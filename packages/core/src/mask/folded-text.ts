import type { Span } from "./detectors/detector.js";
import { matchesIn } from "./matches-in.js";
import { type Spelling, spellingsIn, spokenDot } from "./spelled-out.js";

/** A text as detectors read it, with the way back to the text as it was written. */
export interface FoldedText {
  readonly text: string;
  /** Where a span of the folded text lies in the original. */
  toOriginal(span: Span): Span;
}

/** A part that folding wrote anew, where it was and where it is now. */
interface Rewriting {
  readonly from: number;
  readonly fromEnd: number;
  readonly to: number;
  readonly toEnd: number;
}

/** Characters that show nothing: soft hyphen, joiners, direction marks, selectors, tags. */
const unseen =
  "\\u{ad}\\u{34f}\\u{61c}\\u{180e}\\u{200b}-\\u{200f}\\u{202a}-\\u{202e}\\u{2060}-\\u{206f}\\u{fe00}-\\u{fe0f}\\u{feff}\\u{e0000}-\\u{e0fff}";
/** Full-width, small, raised, circled and mathematical forms of ASCII, and the one-dot leader. */
const compatible =
  "\\u{b2}\\u{b3}\\u{b9}\\u{2024}\\u{2070}-\\u{2089}\\u{2460}-\\u{2468}\\u{fe50}-\\u{fe6f}\\u{ff01}-\\u{ff5e}\\u{1d400}-\\u{1d7ff}";
/** Full stops that domain names take for a dot. */
const fullStop = "\\u{3002}\\u{ff61}";
const foldable = new RegExp(`[\\p{Nd}\\p{Pd}\\p{Zs}\\u{2212}${fullStop}${compatible}${unseen}]`, "gu");
/** Neither ASCII nor letters of Latin, Greek, Cyrillic and Armenian, of which none folds. */
const mayFold = /[^\0-\x7f\xc0-\u024f\u0370-\u0587]+/g;
const isUnseen = new RegExp(`[${unseen}]`, "u");
const isFullStop = new RegExp(`[${fullStop}]`, "u");
const isDigit = /\p{Nd}/u;
const isDash = /[\p{Pd}\u2212]/u;
const isSpace = /\p{Zs}/u;

/** What `mayFold` takes, and ASCII that a spelling may begin with. */
const mayChange = /[[({<%&\\]|[^\0-\x7f\xc0-\u024f\u0370-\u0587]/;

/**
 * Folds every Unicode digit, dash and space to its ASCII form, reads what is spelled out (`[at]`, `%40`, `&#64;`) and
 * drops what nobody sees, so that detectors need to know one spelling only.
 */
export function foldText(original: string): FoldedText {
  if (!mayChange.test(original) && !spokenDot.test(original)) return asWritten(original);
  const changes = inOrder(spellingsIn(original), foldingsIn(original));
  if (changes.length === 0) return asWritten(original);
  const rewritings: Rewriting[] = [];
  const parts: string[] = [];
  let read = 0;
  let written = 0;
  for (const { start, end, character } of changes) {
    // The spaces around `[at]` can be part of another change too: `[dot] [at]`.
    if (end <= read) continue;
    const from = Math.max(start, read);
    parts.push(original.slice(read, from), character);
    written += from - read;
    read = end;
    rewritings.push({ from, fromEnd: read, to: written, toEnd: written + character.length });
    written += character.length;
  }
  return {
    text: parts.join("") + original.slice(read),
    toOriginal: ({ start, end }) => ({
      start: writtenAt(rewritings, start).start,
      end: writtenAt(rewritings, end - 1).end,
    }),
  };
}

/** Characters beyond ASCII that have an ASCII form, or none at all. */
function foldingsIn(text: string): Spelling[] {
  const foldings: Spelling[] = [];
  for (const { 0: run, index } of matchesIn(text, mayFold)) {
    for (const { 0: written, index: inRun } of matchesIn(run, foldable)) {
      const character = fold(written);
      const start = index + inRun;
      if (character !== written) foldings.push({ start, end: start + written.length, character });
    }
  }
  return foldings;
}

function inOrder(spellings: readonly Spelling[], foldings: readonly Spelling[]): readonly Spelling[] {
  if (spellings.length === 0) return foldings;
  if (foldings.length === 0) return spellings;
  return [...spellings, ...foldings].sort((left, right) => left.start - right.start);
}

const asWritten = (text: string): FoldedText => ({ text, toOriginal: (span) => span });

/** What each character that was met folds to: there are no more than some thousands. */
const folded = new Map<string, string>();

function fold(written: string): string {
  const known = folded.get(written) ?? foldAnew(written);
  folded.set(written, known);
  return known;
}

function foldAnew(written: string): string {
  if (isUnseen.test(written)) return "";
  if (isDigit.test(written)) return String(digitValue(written.codePointAt(0) ?? 0));
  if (isDash.test(written)) return "-";
  if (isSpace.test(written)) return " ";
  if (isFullStop.test(written)) return ".";
  return written.normalize("NFKC");
}

/** Unicode puts decimal digits in rows of ten, from zero to nine; rows may follow each other. */
function digitValue(codePoint: number): number {
  let distance = 0;
  while (isDigit.test(String.fromCodePoint(codePoint - distance - 1))) distance += 1;
  return distance % 10;
}

/** Where the folded text's unit at `index` was written. */
function writtenAt(rewritings: readonly Rewriting[], index: number): Span {
  let low = 0;
  let high = rewritings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rewritings[middle]?.to ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  // What was dropped at `index` stands before it; what was rewritten holds it.
  const rewriting = rewritings[low - 1];
  if (rewriting === undefined) return { start: index, end: index + 1 };
  if (index < rewriting.toEnd) return { start: rewriting.from, end: rewriting.fromEnd };
  const start = rewriting.fromEnd + index - rewriting.toEnd;
  return { start, end: start + 1 };
}
