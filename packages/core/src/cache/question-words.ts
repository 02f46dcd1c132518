/**
 * The words of a question that decide what is asked, in their order and in lower case: all but articles, greetings
 * and what only makes a sentence of them. A script without spaces gives its characters.
 */
export function questionWords(question: string): readonly string[] {
  const words = question.normalize("NFC").toLowerCase().replaceAll("’", "'").match(wordsAndSigns) ?? [];
  return words.filter((word, index) => {
    if (idle.has(word)) return false;
    return !(auxiliaries.has(word) && askers.has(words[index - 1] ?? ""));
  });
}

/**
 * Tells of other questions, given by their words, whether they may be this one in other words: they have the same words,
 * or few in common. One that shares most of its words is the same sentence about something else: another product,
 * another day, the other direction.
 */
export function sameQuestionAs(words: readonly string[]): (other: readonly string[]) => boolean {
  const known = new Set(words);
  return (other) => {
    if (other.length === words.length && other.every((word, index) => word === words[index])) return true;
    const shared = other.filter((word) => known.has(word)).length;
    return shared * 2 < Math.max(words.length, other.length);
  };
}

const unspaced =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
const wordsAndSigns = new RegExp(
  `[${unspaced}]\\p{M}*|(?:(?![${unspaced}])[\\p{L}\\p{M}])+(?:'\\p{L}+)*|\\p{N}+(?:[.,:/]\\p{N}+)*|[\\p{S}\\p{Pd}\\p{Ps}\\p{Pe}#@&*/%§]`,
  "gu",
);

const setOf = (words: string) => new Set(words.split(" "));

/** Not "a", which is a name too: vitamin A, plan A. */
const idle = setOf(
  "the an my please hi hello hey thanks thank bitte hallo merci bonjour hola gracias ciao grazie olá obrigado hoi",
);
/** After an asking word it makes no difference: `how do I` is `how can I`. By themselves they ask for other things. */
const auxiliaries = setOf("do does can could");
const askers = setOf("how where");
