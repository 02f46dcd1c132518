import type { Clock } from "../clock.js";
import { sameQuestionAs } from "./question-words.js";

/** Where a question stands: whose it may answer, what it means, and what must be the same. */
export interface QuestionPlace {
  readonly group: string;
  /** Of length 1. */
  readonly vector: Float32Array;
  /** Numbers, negations and names, in order. */
  readonly marks: string;
  /** The words that count, in order. */
  readonly words: readonly string[];
}

/** Questions that were answered. */
export interface SimilarQuestions<Reply> {
  /** The nearest question of the same group with the same marks, unless it is another one or too far away. */
  nearest(place: QuestionPlace): { readonly reply: Reply; readonly similarity: number } | undefined;
  add(question: QuestionPlace & { readonly reply: Reply; readonly ttlMs: number }): void;
}

/** Keeps up to `maxQuestions`, compared one by one. */
export function similarQuestions<Reply>(options: {
  readonly maxQuestions: number;
  /** The least similarity, 0 to 1. */
  readonly threshold: number;
  readonly clock: Clock;
}): SimilarQuestions<Reply> {
  const { maxQuestions, threshold, clock } = options;
  type Kept = QuestionPlace & { readonly reply: Reply; readonly expiresAtMs: number };
  const kept = new Set<Kept>(); // the oldest first
  return {
    nearest({ group, vector, marks, words }) {
      const nowMs = clock.monotonic();
      const isSame = sameQuestionAs(words);
      let nearest: { readonly reply: Reply; readonly similarity: number } | undefined;
      for (const question of kept) {
        if (question.expiresAtMs <= nowMs) {
          kept.delete(question);
          continue;
        }
        if (question.group !== group || question.marks !== marks || !isSame(question.words)) continue;
        const similarity = Math.min(1, dotProduct(question.vector, vector));
        if (similarity >= (nearest?.similarity ?? threshold)) nearest = { reply: question.reply, similarity };
      }
      return nearest;
    },
    add({ ttlMs, ...question }) {
      kept.add({ ...question, expiresAtMs: clock.monotonic() + ttlMs });
      const [oldest] = kept.size > maxQuestions ? kept : [];
      if (oldest !== undefined) kept.delete(oldest);
    },
  };
}

function dotProduct(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}
