import type { Span } from "./detector.js";

/** The spans of all matches of a global pattern, of those only that `accept` takes. */
export function* matchSpans(
  text: string,
  pattern: RegExp,
  accept: (match: string, start: number) => boolean = () => true,
): Iterable<Span> {
  for (const { 0: match, index } of text.matchAll(pattern)) {
    if (accept(match, index)) yield { start: index, end: index + match.length };
  }
}
