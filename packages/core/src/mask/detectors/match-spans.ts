import { matchesIn } from "../matches-in.js";
import type { Detection, Reason, Span } from "./detector.js";

/** The spans of all matches of a global pattern, of those only that `accept` takes. */
export function matchSpans(
  text: string,
  pattern: RegExp,
  accept: (match: string, start: number) => boolean = () => true,
): readonly Span[] {
  const spans: Span[] = [];
  for (const { 0: match, index } of matchesIn(text, pattern)) {
    if (accept(match, index)) spans.push({ start: index, end: index + match.length });
  }
  return spans;
}

/** Gives each span the same score and reasons. */
export const scored = (spans: readonly Span[], score: number, why: readonly Reason[]): readonly Detection[] =>
  spans.map(({ start, end }) => ({ start, end, score, why }));
