import { dayMs } from "../calendar-day.js";

/** What speaks for an item, each from 0 to 1. */
export interface Evidence {
  readonly content: number;
  readonly together: number;
  readonly recency: number;
  readonly popularity: number;
}

/** A kind of evidence. */
export type EvidenceKind = keyof Evidence;

/** How much each kind counts; the parts of one situation sum up to 1. */
const weights: Readonly<Record<"related" | "unrelated", Evidence>> = {
  related: { content: 0.45, together: 0.35, recency: 0.1, popularity: 0.1 },
  unrelated: { content: 0, together: 0, recency: 0.5, popularity: 0.5 },
};

const halfLifeMs = 30 * dayMs;

/** How fresh something is: 1 now, a half 30 days ago or ahead; a date far ahead must not lead for years. */
export const recencyOf = (ageMs: number): number => 0.5 ** (Math.abs(ageMs) / halfLifeMs);

/** How alike an item is by its place among those found, from 0: the scores of a search give an order, not a degree. */
export const likenessAt = (place: number): number => 1 / (1 + place / 5);

/** Less than this is no reason that a user would understand. */
const leastPart = 0.05;

/** All evidence as one score, 0 to 1, and the kind that speaks most for the item; none when nothing does. */
export function fuseEvidence(
  evidence: Evidence,
  situation: keyof typeof weights,
): { readonly score: number; readonly strongest: EvidenceKind | undefined } {
  const weight = weights[situation];
  const kinds: readonly EvidenceKind[] = ["together", "content", "popularity", "recency"];
  const parts = kinds.map((kind) => ({ kind, part: weight[kind] * evidence[kind] }));
  const score = parts.reduce((sum, { part }) => sum + part, 0);
  const top = parts.reduce((best, each) => (each.part > best.part ? each : best));
  return { score: Math.min(1, score), strongest: top.part >= leastPart ? top.kind : undefined };
}
