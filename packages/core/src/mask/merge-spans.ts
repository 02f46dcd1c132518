import type { Span } from "./detectors/detector.js";

/** A span and what was found in it. */
export interface Finding extends Span {
  readonly type: string;
}

/**
 * Sorts findings and joins those that overlap: the longest gives the type, of equal ones the first in the list.
 * Joining, not choosing, so that nothing that was found stays visible at the edge of something longer.
 */
export function mergeSpans(findings: readonly Finding[], textLength: number): Finding[] {
  const clamped = findings.map(({ type, start, end }) => ({
    type,
    start: Math.max(0, start),
    end: Math.min(textLength, end),
  }));
  const merged: Finding[] = [];
  let longest = 0;
  for (const finding of clamped.sort((a, b) => a.start - b.start)) {
    const length = finding.end - finding.start;
    if (!(length > 0)) continue;
    const previous = merged.at(-1);
    if (previous === undefined || finding.start >= previous.end) {
      merged.push(finding);
      longest = length;
      continue;
    }
    const type = length > longest ? finding.type : previous.type;
    longest = Math.max(longest, length);
    merged[merged.length - 1] = { type, start: previous.start, end: Math.max(previous.end, finding.end) };
  }
  return merged;
}
