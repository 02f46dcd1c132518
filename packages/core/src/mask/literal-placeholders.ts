import type { Span } from "./detectors/detector.js";
import { foldText } from "./folded-text.js";
import { canonicalPlaceholder, loosePlaceholderPattern, placeholderPattern } from "./placeholder.js";

/** Counts and marks text of the user's own that reads like a placeholder. */
export const literalType = "literal";

/** A bracket, or a character that may spell one. */
const canHoldBracket = /[[&%\\]|[^\0-\x7f]/;

/**
 * Where a text already reads like a placeholder: of any conversation as they are issued, and of this one, which `code`
 * names, in every form that would be restored.
 */
export function* literalPlaceholders(text: string, code: () => string): Iterable<Span> {
  if (!canHoldBracket.test(text)) return;
  const folded = foldText(text);
  if (!folded.text.includes("[")) return;
  for (const { 0: match, index } of folded.text.matchAll(placeholderPattern)) {
    yield folded.toOriginal({ start: index, end: index + match.length });
  }
  for (const { 0: match, index } of folded.text.matchAll(loosePlaceholderPattern)) {
    const isOwn = canonicalPlaceholder(match).includes(`_${code().toUpperCase()}_`);
    if (isOwn) yield folded.toOriginal({ start: index, end: index + match.length });
  }
}
