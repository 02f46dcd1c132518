import { stemsOf } from "../../search/query-terms.js";

/** Above this part of the shorter one's words, two sentences say the same. */
const mostShared = 0.6;

/** Leaves out the sentences that nearly repeat an earlier one: the same beginning (verb and object) or mostly its words. */
export function distinctAdvice(sentences: readonly string[]): string[] {
  const kept: { readonly sentence: string; readonly words: readonly string[] }[] = [];
  for (const sentence of sentences) {
    const words = [...new Set(stemsOf(sentence.replace(/\{\w+\}/gu, " ")))];
    if (!kept.some((earlier) => earlier.sentence === sentence || isRepeat(words, earlier.words)))
      kept.push({ sentence, words });
  }
  return kept.map(({ sentence }) => sentence);
}

function isRepeat(words: readonly string[], earlier: readonly string[]): boolean {
  const shorter = Math.min(words.length, earlier.length);
  if (shorter < 2) return false;
  if (words[0] === earlier[0] && words[1] === earlier[1]) return true;
  const shared = words.filter((word) => earlier.includes(word)).length;
  return shared > 1 && shared / shorter >= mostShared;
}
