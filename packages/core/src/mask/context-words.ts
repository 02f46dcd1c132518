/** Words that tell what a value beside them is. */
export interface ContextWords {
  /** Whether plain words (see {@link plainWords}) hold one of them. */
  isIn(plain: string): boolean;
}

const hasLetter = /[A-Za-z]|[^\0-\x7f]/;
const beyondAscii = /[^\0-\x7f]/;
const mark = /\p{M}+/gu;
const ascii = { capitalInside: /([a-z])(?=[A-Z])/g, gap: /[^a-z0-9]+/g };
const anyScript = { capitalInside: /(\p{Ll})(?=\p{Lu})/gu, gap: /[^\p{L}\p{N}]+/gu };

/**
 * Lower case, without accents, one space between words and at both ends; `taxId` and `tax_id` are two words. Empty
 * without a letter.
 */
export function plainWords(text: string): string {
  if (!hasLetter.test(text)) return "";
  const isAscii = !beyondAscii.test(text);
  const letters = isAscii ? text : text.normalize("NFKD").replace(mark, "");
  const { capitalInside, gap } = isAscii ? ascii : anyScript;
  return ` ${letters.replace(capitalInside, "$1 ").toLowerCase().replace(gap, " ").trim()} `;
}

/**
 * Makes words to look for with `near` and `hasKey`; each has a letter. Case, accents and what stands between the words
 * of a phrase don't matter; a word that ends in `*` may go on: `steuer*`.
 */
export function contextWords(words: readonly string[]): ContextWords {
  // Made when it is first asked for: there are many lists, and loading them all would cost time at start.
  let any: RegExp | undefined;
  return {
    isIn(plain) {
      any ??= anyOf(words);
      return any.test(plain);
    },
  };
}

function anyOf(words: readonly string[]): RegExp {
  const choices = words.map((word) => plainWords(word).trim() + (word.endsWith("*") ? "[^ ]{0,32}" : ""));
  return new RegExp(` (?:${choices.join("|")}) `);
}
