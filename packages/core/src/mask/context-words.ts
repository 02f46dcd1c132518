/** Words that tell what a value beside them is. */
export interface ContextWords {
  /** Whether plain words (see {@link plainWords}) hold one of them. */
  isIn(plain: string): boolean;
}

const mark = /\p{M}+/gu;
const capitalInside = /(\p{Ll})(?=\p{Lu})/gu;
const gap = /[^\p{L}\p{N}]+/gu;
const beyondAscii = /[^\0-\x7f]/;

/** Lower case, without accents, one space between words and at both ends; `taxId` and `tax_id` are two words. */
export function plainWords(text: string): string {
  const letters = beyondAscii.test(text) ? text.normalize("NFKD").replace(mark, "") : text;
  return ` ${letters.replace(capitalInside, "$1 ").toLowerCase().replace(gap, " ").trim()} `;
}

/**
 * Makes words to look for with `near` and `hasKey`. Case, accents and what stands between the words of a phrase don't
 * matter; a word that ends in `*` may go on: `steuer*`.
 */
export function contextWords(words: readonly string[]): ContextWords {
  const choices = words.map((word) => plainWords(word).trim() + (word.endsWith("*") ? "[^ ]{0,32}" : ""));
  const any = new RegExp(` (?:${choices.join("|")}) `);
  return { isIn: (plain) => any.test(plain) };
}
