import type { Span } from "./detectors/detector.js";

/** A text as detectors read it, with the way back to the text as it was written. */
export interface FoldedText {
  readonly text: string;
  /** Where a span of the folded text lies in the original. */
  toOriginal(span: Span): Span;
}

/** Characters that show nothing: soft hyphen, joiners, direction marks, selectors, tags. */
const unseen =
  "\\u{ad}\\u{61c}\\u{180e}\\u{200b}-\\u{200f}\\u{202a}-\\u{202e}\\u{2060}-\\u{206f}\\u{fe00}-\\u{fe0f}\\u{feff}\\u{e0000}-\\u{e0fff}";
/** Full-width, small and mathematical forms of ASCII, and the one-dot leader. */
const compatible = "\\u{ff01}-\\u{ff5e}\\u{fe50}-\\u{fe6f}\\u{2024}\\u{1d400}-\\u{1d7ff}";
const foldable = new RegExp(`(?![\\0-\\x7f])[\\p{Nd}\\p{Pd}\\p{Zs}\\u{2212}${compatible}${unseen}]`, "gu");
const beyondAscii = /[^\0-\x7f]/;
const isUnseen = new RegExp(`[${unseen}]`, "u");
const isDigit = /\p{Nd}/u;
const isDash = /[\p{Pd}\u2212]/u;
const isSpace = /\p{Zs}/u;

/**
 * Folds every Unicode digit, dash and space to its ASCII form and drops what nobody sees, so that detectors need to
 * know one spelling only.
 */
export function foldText(original: string): FoldedText {
  if (!beyondAscii.test(original)) return { text: original, toOriginal: (span) => span };
  const shifts: { readonly from: number; readonly by: number }[] = [];
  let by = 0;
  const text = original.replace(foldable, (character, offset: number) => {
    const folded = fold(character);
    const shift = character.length - folded.length;
    if (shift !== 0) {
      const from = offset - by + folded.length;
      by += shift;
      shifts.push({ from, by });
    }
    return folded;
  });
  if (text === original) return { text, toOriginal: (span) => span };
  const originalIndex = (index: number) => index + shiftAt(shifts, index);
  return {
    text,
    toOriginal({ start, end }) {
      const last = originalIndex(end - 1);
      const lastLength = (original.codePointAt(last) ?? 0) > 0xffff ? 2 : 1;
      return { start: originalIndex(start), end: last + lastLength };
    },
  };
}

function fold(character: string): string {
  if (isUnseen.test(character)) return "";
  if (isDigit.test(character)) return String(digitValue(character.codePointAt(0) ?? 0));
  if (isDash.test(character)) return "-";
  if (isSpace.test(character)) return " ";
  return character.normalize("NFKC");
}

/** Unicode puts decimal digits in rows of ten, from zero to nine; rows may follow each other. */
function digitValue(codePoint: number): number {
  let distance = 0;
  while (isDigit.test(String.fromCodePoint(codePoint - distance - 1))) distance += 1;
  return distance % 10;
}

/** The shift of the last entry that starts at or before `index`. */
function shiftAt(shifts: readonly { readonly from: number; readonly by: number }[], index: number): number {
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shifts[middle]?.from ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return shifts[low - 1]?.by ?? 0;
}
