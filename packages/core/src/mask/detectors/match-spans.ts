import { matchesIn } from "../matches-in.js";
import type { Detection, Reason, Span } from "./detector.js";

/** The spans of all matches of a global pattern, of those only that `accept` takes. */
export function* matchSpans(
  text: string,
  pattern: RegExp,
  accept: (match: string, start: number) => boolean = () => true,
): Iterable<Span> {
  for (const { 0: match, index } of matchesIn(text, pattern)) {
    if (accept(match, index)) yield { start: index, end: index + match.length };
  }
}

/** Gives each span the same score and reasons. */
export function* scored(spans: Iterable<Span>, score: number, why: readonly Reason[]): Iterable<Detection> {
  for (const { start, end } of spans) yield { start, end, score, why };
}
