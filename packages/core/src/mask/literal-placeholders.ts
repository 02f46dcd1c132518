import type { Span } from "./detectors/detector.js";
import { foldText } from "./folded-text.js";
import { placeholdersIn } from "./placeholder.js";

/** Counts and marks text of the user's own that reads like a placeholder. */
export const literalType = "literal";

/** A bracket, its full-width form, and characters that may spell one. */
const brackets = ["[", "\uff3b", "&", "%", "\\"];

const none: readonly Span[] = [];

/**
 * Where a text already reads like a placeholder: of any conversation as they are issued, and of this one, which `code`
 * names, in every form that would be restored.
 */
export function literalPlaceholders(text: string, code: () => string): readonly Span[] {
  if (!brackets.some((bracket) => text.includes(bracket))) return none;
  const folded = foldText(text);
  if (!folded.text.includes("[")) return none;
  return Array.from(placeholdersIn(folded.text, code), ({ text: placeholder, index }) =>
    folded.toOriginal({ start: index, end: index + placeholder.length }),
  );
}
