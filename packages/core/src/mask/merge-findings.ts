import type { Finding } from "./finding.js";

/**
 * Sorts findings and joins those that overlap, so that nothing that was found stays visible at the edge of something
 * else. The best of them gives type, score and reasons: one that passed a check before one that did not, then
 * the longest, then the most likely, then the first in the list. Neighbours that only touch stay apart.
 */
export function mergeFindings(findings: readonly Finding[], textLength: number): Finding[] {
  const clamped = findings
    .map((finding) => within(finding, textLength))
    .filter(({ start, end }) => end > start)
    .sort((left, right) => left.start - right.start);
  const merged: Finding[] = [];
  let best: Finding | undefined;
  for (const finding of clamped) {
    const previous = merged.at(-1);
    if (previous === undefined || best === undefined || finding.start >= previous.end) {
      merged.push(finding);
      best = finding;
      continue;
    }
    if (isBetter(finding, best)) best = finding;
    const end = Math.max(previous.end, finding.end);
    merged[merged.length - 1] = { ...best, start: previous.start, end };
  }
  return merged;
}

function within(finding: Finding, textLength: number): Finding {
  const { start, end } = finding;
  return start >= 0 && end <= textLength
    ? finding
    : { ...finding, start: Math.max(0, start), end: Math.min(textLength, end) };
}

function isBetter(one: Finding, other: Finding): boolean {
  const proof = Number(isProven(one)) - Number(isProven(other));
  if (proof !== 0) return proof > 0;
  const length = one.end - one.start - (other.end - other.start);
  return length === 0 ? one.score > other.score : length > 0;
}

const isProven = ({ why }: Finding) => why.includes("checksum");
